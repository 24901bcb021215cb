package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.catalog.BackupSummary;
import io.migrator.catalog.BackupSummary.State;
import io.migrator.catalog.Catalog;
import io.migrator.catalog.DyingStore;
import io.migrator.cli.CliRun;
import io.migrator.failure.Failure;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.lab.FolderCopy;
import io.migrator.lab.JobState;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.request.JobKind;
import io.migrator.lease.LeaseHolder;
import io.migrator.lease.Reading;
import io.migrator.report.Progress;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup whose deletion was killed before each of its changes: what every job and word says of it, and does with it. */
@DisabledIfSystemProperty(
        named = JobState.PROPERTY,
        matches = JobState.POSTGRES,
        disabledReason = "copies its state to and fro")
class InterruptedDeletionTest {
    private static final String[] WORDS = {"name=a", "collection=c1"};

    @TempDir
    Path workDir;

    private SourceDouble source;
    private Path vault;
    private Path kept;

    @BeforeEach
    void start() {
        source = SourceDouble.start(new LocalFolders(workDir), "2.4.15");
        source.collection("default", "c1");
        vault = Path.of(source.vault().config().bucketName());
        kept = workDir.resolve("kept");
    }

    @AfterEach
    void stop() {
        source.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isNeverCompleteAndIsMadeAnewOrDeletedToItsEnd(boolean complete) throws Exception {
        make(complete);
        List<String> keys = source.keys("a/");
        FolderCopy.of(vault, kept.resolve("vault"));
        FolderCopy.of(source.state(), kept.resolve("state"));
        int changes = (int) (1000 - deletedAfter(1000).left());
        // With all its metas, without the one that both tools look for, and with nothing but the marker.
        Set<Integer> chosen = Set.of(2, 3, changes - 1);
        back();
        deletedAfter(1);
        assertThat(source.keys("a/")).as("the first only tries the right").isEqualTo(keys);
        for (int survived = 2; survived < changes; survived++) {
            back();
            deletedAfter(survived);

            requireIncomplete("after %d of %d changes".formatted(survived, changes));
            if (chosen.contains(survived)) {
                requireMadeAnew(survived, source);
                back();
                deletedAfter(survived);
            }
            assertThat(word("delete", "-n", "a")).isZero();
            assertThat(source.catalog().list()).isEmpty();
            assertThat(source.keys("a/")).isEmpty();
        }
    }

    private void make(boolean complete) {
        RunOutcome outcome = source.backup(complete ? Progress.NONE : new DiesAt("manifests"), WORDS);
        assertThat(outcome.failure() == null).as(outcome.message()).isEqualTo(complete);
        assertThat(source.catalog().list())
                .singleElement()
                .returns(complete ? State.COMPLETE : State.INCOMPLETE, BackupSummary::state);
        assertThat(source.keys("a/binlogs/")).hasSize(4);
    }

    private DyingStore deletedAfter(long changes) {
        DyingStore dying = new DyingStore(source.vault(), changes);
        Catalog catalog =
                new Catalog(dying.connection(), source.vault().config().rootPath());
        if (changes >= 1000) {
            catalog.delete("a");
        } else {
            assertThatThrownBy(() -> catalog.delete("a")).hasMessage("killed");
        }
        return dying;
    }

    private void requireIncomplete(String when) throws IOException {
        assertThat(source.catalog().lacking("a")).as(when).isNotEmpty();
        assertThat(source.catalog().list()).as(when).singleElement().returns(State.INCOMPLETE, BackupSummary::state);
        assertThat(word("get", "-n", "a")).as(when).isEqualTo(Failure.NOT_FOUND.exitCode());
        assertThat(source.catalog().marker("a")).as(when).hasValueSatisfying(marker -> assertThat(marker.deleting())
                .isTrue());
    }

    @Test
    void isMadeAnewFromAnotherMachine() {
        make(true);
        deletedAfter(2);

        requireMadeAnew(2, source.withState("other"));
    }

    /** Nobody may end what somebody reads, whichever command it is that would. */
    @Test
    void isLeftAloneWhileItIsRead() {
        make(true);
        deletedAfter(2);
        List<String> before = source.keys("a/binlogs/");
        VaultLayout layout = new VaultLayout(source.vault().config().rootPath(), "a");
        try (Reading reading =
                new Reading(() -> Stores.open(source.vault().config()), layout, LeaseHolder.of("work", "restore"))) {
            reading.begin(() -> "");

            RunOutcome outcome = source.backup(WORDS);

            assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.LOCKED);
            assertThat(source.keys("a/binlogs/")).isEqualTo(before);
        }
        requireMadeAnew(2, source);
    }

    @Test
    void isCompleteOnlyAfterTheLastWriteOfItsMaking() throws Exception {
        make(false);
        byte[] marker = source.vault().read("a/migrator/incomplete.json", 1 << 20);
        assertThat(source.backup(WORDS).failure()).isNull();
        FolderCopy.of(vault, kept.resolve("vault"));
        List<String> written = new ArrayList<>(List.of("a/migrator/incomplete.json"));
        written.addAll(source.keys("a/binlogs/"));
        written.addAll(source.keys("a/migrator/objects"));
        written.addAll(source.keys("a/migrator/schemas/"));
        written.addAll(source.keys("a/migrator/run"));
        Stream.of(MetaFile.values()).forEach(file -> written.add("a/meta/" + file.fileName()));
        written.addAll(source.keys("a/migrator/seal"));
        assertThat(written).as("but the marker").hasSize(source.keys("a/").size() + 1);
        remove(vault.resolve("a"));

        for (String key : written) {
            Files.createDirectories(vault.resolve(key).getParent());
            Files.write(
                    vault.resolve(key),
                    key.endsWith("incomplete.json")
                            ? marker
                            : Files.readAllBytes(kept.resolve("vault").resolve(key)));

            assertThat(source.catalog().lacking("a")).as(key).isNotEmpty();
            assertThat(source.catalog().list()).as(key).singleElement().returns(State.INCOMPLETE, BackupSummary::state);
            assertThat(word("get", "-n", "a")).as(key).isEqualTo(Failure.NOT_FOUND.exitCode());
        }
        Files.delete(vault.resolve("a/migrator/incomplete.json"));
        assertThat(source.catalog().lacking("a")).isEmpty();
        assertThat(source.catalog().list()).singleElement().returns(State.COMPLETE, BackupSummary::state);
        assertThat(word("get", "-n", "a")).isZero();
    }

    @Test
    void isNotTakenForOneWhereAMetaWasLost() {
        make(true);
        source.vault().delete(List.of("a/meta/backup_meta.json"));

        for (SourceDouble by : List.of(source, source.withState("other"))) {
            RunOutcome outcome = by.backup(WORDS);

            assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.CONFLICT);
            assertThat(outcome.message())
                    .contains("part of a backup", "meta/backup_meta.json is missing", "delete -n a");
        }
        assertThat(source.keys("a/binlogs/"))
                .as("whoever lost it may bring it back")
                .hasSize(4);
    }

    @Test
    void copiesAgainWhatSomebodyTookOutOfAnUnfinishedOne() {
        make(false);
        source.vault().delete(source.keys("a/binlogs/").subList(1, 3));

        RunOutcome outcome = source.backup(WORDS);

        assertThat(outcome.failure()).as(outcome.message()).isNull();
        assertThat(outcome.report().facts()).containsEntry("objects_gone", 2L).containsEntry("objects_copied", 2L);
        RunOutcome proof = source.run(JobKind.VERIFY, "name=a");
        assertThat(proof.failure()).as(proof.message()).isNull();
    }

    private void requireMadeAnew(int survived, SourceDouble by) {
        for (JobKind job : List.of(JobKind.RESTORE, JobKind.VERIFY)) {
            RunOutcome refused = by.run(
                    job, job == JobKind.RESTORE ? new String[] {"name=a", "suffix=_x"} : new String[] {"name=a"});
            assertThat(refused.failure()).as(job + " " + refused.message()).isEqualTo(Failure.NOT_FOUND);
            assertThat(refused.message()).contains("not complete", "deletion begun");
        }
        RunOutcome made = by.backup(WORDS);
        assertThat(made.failure()).as("after %d: %s", survived, made.message()).isNull();
        assertThat(made.message()).doesNotContain("already complete");
        RunOutcome proof = by.run(JobKind.VERIFY, "name=a");
        assertThat(proof.failure()).as(proof.message()).isNull();
    }

    /** As it was before the deletion, in the vault and in the folder of job databases. */
    private void back() throws IOException {
        for (Path dir : List.of(vault, source.state())) {
            remove(dir);
            FolderCopy.of(kept.resolve(dir.equals(vault) ? "vault" : "state"), dir);
        }
    }

    private int word(String... words) throws IOException {
        Path config = workDir.resolve("backup.yaml");
        Files.writeString(
                config,
                "minio: {storageType: local, rootPath: %s, backupStorageType: local, backupRootPath: %s}%n"
                        .formatted(workDir, vault));
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--config=" + config);
        return new CliRun().run(workDir, Map.of(), (request, progress) -> null, all.toArray(String[]::new));
    }

    private static void remove(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
