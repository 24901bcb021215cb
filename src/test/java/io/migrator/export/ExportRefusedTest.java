package io.migrator.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.backup.DiesAt;
import io.migrator.format.layout.VaultLayout;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.StoppedRun;
import io.migrator.retention.VaultOfBackups;
import io.migrator.retention.hold.BackupHolds;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups that are not exported, names that are not taken, and exports that were cut off. */
final class ExportRefusedTest {
    @TempDir
    Path dir;

    private ExportGround exports;

    @BeforeEach
    void start() {
        exports = new ExportGround(dir);
        exports.ground().fill("book", 0);
        exports.ground().fill("page", 1000);
        assertEnds(0, exports.ground().backUp("name=b", "collection=*"));
    }

    @AfterEach
    void stop() {
        exports.close();
    }

    private static void assertEnds(int code, RunOutcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(code);
    }

    private void requireNothing(String backup) {
        assertThat(ExportGround.files(exports.vault(), backup)).isEmpty();
    }

    @Test
    void aNameThatIsTakenIsAConflict() {
        List<String> before = ExportGround.files(exports.vault(), "b");
        assertEnds(14, exports.export("name=b", "to=b"));
        assertEnds(0, exports.ground().backUp("name=c", "collection=book"));
        RunOutcome outcome = exports.export("name=b", "to=c");
        assertEnds(14, outcome);
        assertThat(outcome.message()).contains("Choose another to=");
        assertEnds(14, exports.preview("name=b", "to=c"));
        assertThat(ExportGround.files(exports.vault(), "b")).isEqualTo(before);
        assertEnds(0, exports.ground().verify("name=c", "mode=deep"));
    }

    @Test
    void whatIsNotThereOrNotCompleteIsNotExported() throws IOException {
        assertEnds(10, exports.export("name=nothing", "to=y"));
        Files.delete(ExportGround.file(exports.vault(), "b", "meta/backup_meta.json"));
        assertEnds(10, exports.export("name=b", "to=y"));
        requireNothing("y");
    }

    @Test
    void milvusBackupsAreLeftToOtherTools() {
        try (ObjectStore vault = exports.open(exports.vault());
                VaultOfBackups peers = new VaultOfBackups(vault.config())) {
            peers.peers("theirs");
        }
        assertEnds(13, exports.export("name=theirs", "to=y"));
        requireNothing("y");
    }

    @Test
    void aFileThatIsMissingOrAStrangerIsDamage() throws IOException {
        Path log = ExportGround.firstLog(exports.vault(), "b");
        Path stranger = Files.write(log.resolveSibling("99"), new byte[1]);
        assertEnds(20, exports.export("name=b", "to=y"));
        Files.delete(stranger);
        byte[] content = Files.readAllBytes(log);
        Files.delete(log);
        assertEnds(20, exports.export("name=b", "to=y"));
        requireNothing("y");
        Files.write(log, content);
        assertEnds(0, exports.export("name=b", "to=y"));
    }

    /** Sizes and listings tell nothing of it: the checksum does, which each copy meets. */
    @Test
    void aByteThatIsNotWhatItWasIsDamage() throws IOException {
        Path log = ExportGround.firstLog(exports.vault(), "b");
        byte[] content = Files.readAllBytes(log);
        content[content.length / 2] ^= 1;
        Files.write(log, content);
        assertEnds(20, exports.export("name=b", "to=y"));
        assertThat(exports.lacking(exports.vault(), "y")).isNotEmpty();

        content[content.length / 2] ^= 1;
        Files.write(log, content);
        assertEnds(0, exports.export("name=b", "to=y"));
        assertEnds(0, exports.ground().verify("name=y", "mode=deep"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"meta/full_meta.json", "migrator/run.json", "meta/segment_meta.json"})
    void aDescribingFileThatIsNotWhatWasSealedIsDamage(String file) throws IOException {
        Path path = ExportGround.file(exports.vault(), "b", file);
        Files.writeString(path, Files.readString(path) + " ");
        assertEnds(20, exports.export("name=b", "to=y"));
        requireNothing("y");
    }

    @Test
    void aHeldBackupIsReadableAndStaysHeld() {
        try (ObjectStore vault = exports.open(exports.vault())) {
            new BackupHolds(vault, line -> {}).hold("b", null, "audit");
            assertEnds(0, exports.export("name=b", "to=y"));
            assertThat(vault.find(new VaultLayout("", "b").hold())).isPresent();
            assertThat(vault.find(new VaultLayout("", "y").hold())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "verify"})
    void oneThatWasCutOffGoesOn(String stage) {
        assertEnds(4, StoppedRun.at(stage, exports.request("name=b", "to=y", "chunk=1")));
        assertThat(exports.lacking(exports.vault(), "y")).isNotEmpty();
        assertEnds(0, exports.export("name=b", "to=y", "chunk=1"));
        assertEnds(0, exports.ground().verify("name=y", "mode=deep"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "copy", "verify", "manifests"})
    void oneThatDiedGoesOnWithWhatIsThere(String stage) {
        assertEnds(1, exports.export(new DiesAt(stage), "name=b", "to=y", "chunk=1"));
        RunOutcome outcome = exports.export("name=b", "to=y", "chunk=1");
        assertEnds(0, outcome);
        assertEnds(0, exports.ground().verify("name=y", "mode=deep"));
        assertThat(ExportGround.files(exports.vault(), "b")).noneMatch(file -> file.contains("readers"));
    }

    @Test
    void aLostDatabaseCopiesNothingTwice() {
        assertEnds(1, exports.export(new DiesAt("verify"), "name=b", "to=y"));
        exports.ground().loseState();
        assertEnds(0, exports.export("name=b", "to=y"));
        assertEnds(0, exports.ground().verify("name=y", "mode=deep"));
    }

    @Test
    void anotherBackupUnderTheNameIsNotMixedIn() {
        assertEnds(1, exports.export(new DiesAt("verify"), "name=b", "to=y"));
        exports.ground().deleteBackup("b");
        assertEnds(0, exports.ground().backUp("name=b", "collection=book"));
        assertEnds(21, exports.export("name=b", "to=y"));
        assertEnds(0, exports.export("name=b", "to=y", "resume=restart"));
        assertEnds(0, exports.ground().verify("name=y", "mode=deep"));
        assertThat(exports.record(exports.vault(), "y").collections()).hasSize(1);
    }

    @Test
    void aCopyOfAnEarlierBackupOfTheNameIsAConflict() {
        assertEnds(0, exports.export("name=b", "to=y"));
        exports.ground().deleteBackup("b");
        assertEnds(0, exports.export("name=b", "to=y"));
        assertEnds(0, exports.ground().backUp("name=b", "collection=book"));
        assertEnds(14, exports.export("name=b", "to=y"));
    }
}
