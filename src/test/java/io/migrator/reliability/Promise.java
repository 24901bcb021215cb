package io.migrator.reliability;

import java.util.List;

/** What users may rely on. */
enum Promise {
    NOTHING_LOST(
            "nothing is lost",
            "a plan that is frozen before the first copy; every object compared afterwards; rows counted at the target",
            "KillMatrixIT#losesNothingToKills",
            "BackupKillIT#survivesADeathAtEveryStep",
            "RestoreKillIT#survivesADeathAtEveryStepOneAfterTheOther",
            "MilvusRestartIT#losesNoRowWhereMilvusDiesInAFlush",
            "FaultRunsIT",
            "SoakIT",
            "RoundTripIT#bringsBackAllThatAReal235Has",
            "VersionMatrixIT"),
    NOTHING_TWICE(
            "nothing comes twice",
            "a ledger of import jobs, written before and after each call; doubtful calls are looked up at the server",
            "KillMatrixIT#losesNothingToKills",
            "RestoreKillIT#findsTheImportWhoseAnswerItDidNotLiveToRead",
            "RestoreKillRestIT#waitsForACallThatTheServerDoesOnlyAfterTheDeath",
            "RestorePowerCutIT",
            "RemoteBackupIT",
            "RemoteHostsIT",
            "FrozenWorkerIT#isTakenOverAmidATransactionAndRecordsNothing",
            "RepeatsIT",
            "SoakIT"),
    ONE_MOMENT(
            "a collection's backup is of one moment",
            "the segments that its flush named, and only these; younger deletes are left aside by the import",
            "MomentIT#holdsTheRowsOfOneMoment",
            "BackupMomentTest"),
    NO_FALSE_GREEN(
            "exit code 0 is never wrong",
            "checksums of what streams, listings of what was copied, counts of what was imported",
            "FaultRunsIT#endsRightOrSaysWhy",
            "StreamedChecksumsIT",
            "CorruptionTableIT#bothSayWhatIsSpoiled",
            "BadBackupIT",
            "BadRestoreIT",
            "FileCheckIT",
            "RepeatsIT"),
    RESUMABLE(
            "the same command goes on anywhere",
            "every step looks into its tables and does the rest; no step trusts a position",
            "KillMatrixIT#losesNothingToKills",
            "StatementRunsIT#endsRightAfterAnyStatementBroke",
            "StopIT",
            "HardCasesIT#goesOnWhenTheStoreIsBack",
            "MilvusRestartIT",
            "VerifyKillIT#goesOnAfterAKill",
            "RemoteKillIT#outlivesTheDeathOfAWorkerAndOfItsCoordinator",
            "RerunIT"),
    REFUSES(
            "a changed world is refused",
            "ids, tags and the state's version kept with the work (exit code 21)",
            "ResumeRefusedTest",
            "RestoreResumeIT",
            "RestoreRefusalIT",
            "BackupSourceTest",
            "JobDatabaseTest#refusesTheTablesOfAnotherVersion",
            "VanishedSourceIT",
            "RepeatsIT#neverDoublesOrDropsRowsAndSaysSo"),
    ONE_AT_A_TIME(
            "one run at a time",
            "the lock of the database's file, the marker and the lease in the vault (exit code 11)",
            "TwoAtOnceIT",
            "TwoHostsIT#oneOfTwoWinsEachRace",
            "LeaseRacesIT",
            "VaultLeaseTest#writesNoMoreOnceAnotherTookOver",
            "HardCasesIT#refusesADatabaseThatAnotherProgramHasOpen"),
    UNTRUSTED_INPUT(
            "a vault is read with care",
            "names, sizes and keys checked before they are used; parsers with limits",
            "MetaJsonTest",
            "BinlogFileTest",
            "HostileVaultTest",
            "HostileParquetTest",
            "HostileSizesTest#givesUpBeforeTheHeapIsFull",
            "ManyObjectsIT",
            "ParserFuzzIT"),
    SEALED(
            "with a key only backups of that key are taken",
            "an HMAC over what describes the backup, compared with what was read, not with what was looked at before",
            "SealKeyTest#refusesABackupThatPassesForOneOfMilvusBackup",
            "SealKeyTest#believesWhatItReadsAndNotWhatItLookedAt"),
    SHARED_STAYS(
            "what a backup shares stays as long as it does",
            "a unit is taken only from a complete backup that names it, and swept only where it was listed first and then named by nobody",
            "PoolModelTest#noCompleteBackupLosesAUnit",
            "PoolModelTest#whatIsBuiltWrongIsFound",
            "PoolSweepTest",
            "ReclaimingDeletionTest#isEndedByTheSameCommandAfterAnyDeath",
            "PoolExpireTest#sweepsNothingWhereAListCannotBeRead",
            "PoolExpireKillIT",
            "HealingIT",
            "NightsIT"),
    NO_HANG(
            "no server hangs a run",
            "a time and a size for every answer, something new on every page",
            "HostileStoresIT",
            "HostileMilvusTest",
            "HostileTokensTest#everyAnswerHasAnEnd",
            "SlowLinesTest"),
    SECRETS(
            "secrets are never shown",
            "a type that masks itself; credentials kept in no file of ours",
            "SecretsIT#appearNowhere",
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

    /** Tests that show it: names of classes, or of a method behind {@code #}. */
    List<String> tests() {
        return tests;
    }
}
