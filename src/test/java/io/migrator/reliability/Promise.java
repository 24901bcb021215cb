package io.migrator.reliability;

import java.util.List;

/** What users may rely on. */
enum Promise {
    NOTHING_LOST(
            "nothing is lost",
            "a plan that is frozen before the first copy; every object compared afterwards; rows counted at the target",
            "KillMatrixIT",
            "BackupKillIT",
            "RestoreKillIT",
            "MilvusRestartIT",
            "FaultRunsIT",
            "SoakIT",
            "RoundTripIT",
            "VersionMatrixIT"),
    NOTHING_TWICE(
            "nothing comes twice",
            "a ledger of import jobs, written before and after each call; doubtful calls are looked up at the server",
            "KillMatrixIT",
            "RestoreKillIT",
            "RestoreKillRestIT",
            "RepeatsIT",
            "SoakIT"),
    ONE_MOMENT(
            "a collection's backup is of one moment",
            "the segments that its flush named, and only these; younger deletes are left aside by the import",
            "MomentIT",
            "BackupMomentTest"),
    NO_FALSE_GREEN(
            "exit code 0 is never wrong",
            "checksums of what streams, listings of what was copied, counts of what was imported",
            "FaultRunsIT",
            "StreamedChecksumsIT",
            "CorruptionTableIT",
            "BadBackupIT",
            "BadRestoreIT",
            "FileCheckIT",
            "RepeatsIT"),
    RESUMABLE(
            "the same command goes on anywhere",
            "every step looks into its tables and does the rest; no step trusts a position",
            "KillMatrixIT",
            "StopIT",
            "HardCasesIT",
            "MilvusRestartIT",
            "VerifyKillIT",
            "RerunIT"),
    REFUSES(
            "a changed world is refused",
            "ids, tags and the state's version kept with the work (exit code 21)",
            "ResumeRefusedTest",
            "RestoreResumeIT",
            "RestoreRefusalIT",
            "BackupSourceTest",
            "JobDatabaseTest",
            "VanishedSourceIT",
            "RepeatsIT"),
    ONE_AT_A_TIME(
            "one run at a time",
            "the lock of the database's file, the marker and the lease in the vault (exit code 11)",
            "TwoAtOnceIT",
            "TwoHostsIT",
            "LeaseRacesIT",
            "VaultLeaseTest",
            "HardCasesIT"),
    UNTRUSTED_INPUT(
            "a vault is read with care",
            "names, sizes and keys checked before they are used; parsers with limits",
            "MetaJsonTest",
            "BinlogFileTest",
            "HostileVaultTest",
            "HostileSizesTest",
            "ManyObjectsIT",
            "ParserFuzzIT"),
    SECRETS(
            "secrets are never shown",
            "a type that masks itself; credentials kept in no file of ours",
            "SecretsIT",
            "RestoreSecretsIT");

    private final String text;
    private final String keptBy;
    private final List<String> tests;

    Promise(String text, String keptBy, String... tests) {
        this.text = text;
        this.keptBy = keptBy;
        this.tests = List.of(tests);
    }

    String text() {
        return text;
    }

    String keptBy() {
        return keptBy;
    }

    /** Tests that show it. */
    List<String> tests() {
        return tests;
    }
}
