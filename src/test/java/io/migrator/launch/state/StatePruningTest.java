package io.migrator.launch.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state folder that looks after itself. */
class StatePruningTest {
    private static final String RUN = "insert into BATCH_JOB_INSTANCE (JOB_INSTANCE_ID, VERSION, JOB_NAME, JOB_KEY)"
            + " values (1, 0, 'backup', 'key');"
            + "insert into BATCH_JOB_EXECUTION (JOB_EXECUTION_ID, VERSION, JOB_INSTANCE_ID, CREATE_TIME, STATUS)"
            + " values (%d, 0, 1, current_timestamp, '%s')";

    @TempDir
    Path folder;

    private void work(String name, int days, String... endings) throws IOException {
        try (JobDatabase database = JobDatabase.open(folder, name)) {
            for (int run = 0; run < endings.length; run++) {
                String statement = RUN.formatted(run + 1, endings[run]);
                database.jdbc().execute(run == 0 ? statement : statement.substring(statement.indexOf(';') + 1));
            }
        }
        age(name + ".mv.db", days);
    }

    private void age(String file, int days) throws IOException {
        Files.setLastModifiedTime(
                folder.resolve(file), FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }

    private Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.equals(PruningTurn.STAMP))
                    .toList()
                    .stream();
        }
    }

    private void prune(int days) {
        new StatePruning(folder, () -> false).remove(Instant.now().minus(Duration.ofDays(days)));
    }

    private void prune(int days, BooleanSupplier stop) {
        new FolderStores(folder, UnaryOperator.identity()).tidy(null, days, stop);
    }

    @Test
    void whatWasCompletedLongAgoGoesAndNothingElse() throws IOException {
        work("backup-old-1", 31, "COMPLETED");
        work("backup-rerun-1", 31, "FAILED", "COMPLETED");
        work("verify-old-1", 400, "COMPLETED");
        work("export-old-1", 31, "COMPLETED");
        work("expire-old-1", 31, "COMPLETED");
        work("backup-young-1", 29, "COMPLETED");
        work("backup-resumable-1", 400, "STOPPED");
        work("backup-killed-1", 400, "STARTED");
        work("backup-again-1", 400, "COMPLETED", "FAILED");
        work("backup-empty-1", 400);
        work("restore-old-1", 400, "COMPLETED");
        Files.writeString(folder.resolve("backup-notes.txt"), "of a user's");
        age("backup-notes.txt", 400);
        Files.writeString(folder.resolve("backup-auto-1.name"), "b");
        age("backup-auto-1.name", 400);
        Files.writeString(folder.resolve("backup-old-1.trace.db"), "of an earlier version");
        age("backup-old-1.trace.db", 31);

        prune(30);

        assertThat(files())
                .containsExactlyInAnyOrder(
                        "backup-young-1.mv.db",
                        "backup-resumable-1.mv.db",
                        "backup-killed-1.mv.db",
                        "backup-again-1.mv.db",
                        "backup-empty-1.mv.db",
                        "restore-old-1.mv.db",
                        "backup-notes.txt",
                        "backup-auto-1.name");
    }

    @Test
    void zeroDaysKeepsAll() throws IOException {
        work("backup-old-1", 4000, "COMPLETED");
        prune(0, () -> false);
        assertThat(files()).containsExactly("backup-old-1.mv.db");
    }

    /** Of the kind that is told by its name alone. */
    @Test
    void eachRunHasItDone() throws IOException {
        Files.writeString(folder.resolve("backup-old-1.trace.db"), "of an earlier version");
        age("backup-old-1.trace.db", 31);
        prune(30, () -> false);
        assertThat(files()).isEmpty();
    }

    @Test
    void whoeverIsToStopLooksAtNothing() throws IOException {
        work("backup-old-1", 400, "COMPLETED");
        prune(30, () -> true);
        assertThat(files()).containsExactly("backup-old-1.mv.db");
    }

    @Test
    void aRunThatIsToldToStopAmidLeavesTheRestToTheNext() throws IOException {
        work("backup-old-1", 400, "COMPLETED");
        work("backup-old-2", 400, "COMPLETED");
        Instant since = Instant.now().minus(Duration.ofDays(30));

        new StatePruning(folder, () -> {
                    try (Stream<Path> left = Files.list(folder)) {
                        return left.filter(file -> file.toString().endsWith(".mv.db"))
                                        .count()
                                < 2;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .remove(since);
        assertThat(files()).hasSize(1);

        prune(30);
        assertThat(files()).isEmpty();
    }

    /** What stays would be opened by each run, and every few seconds by one that waits for another. */
    @Test
    void oneOfTheRunsOfADayLooks() throws IOException {
        work("backup-killed-1", 400, "STARTED");
        prune(30);
        work("backup-old-1", 400, "COMPLETED");
        prune(30);
        assertThat(files()).containsExactlyInAnyOrder("backup-killed-1.mv.db", "backup-old-1.mv.db");

        age(PruningTurn.STAMP, 1);
        prune(30);
        assertThat(files()).containsExactly("backup-killed-1.mv.db");
    }

    /** Between the look at a file and its opening another run may remove it: that is no fault of this one. */
    @Test
    void whatIsRemovedWhileItIsOpenedIsMadeAnew() throws IOException {
        work("backup-old-1", 400, "COMPLETED");
        FolderStores stores = new FolderStores(folder, UnaryOperator.identity());
        StateFile state = new StateFile("backup-old-1", "1");
        List<Integer> tries = new ArrayList<>();

        try (JobStore opened = stores.opened(state, () -> {
            tries.add(1);
            if (tries.size() == 1) {
                prune(30);
                throw MigratorException.unable(Failure.REPOSITORY, "open", "it", "it is gone", "Look.");
            }
            return stores.open(state);
        })) {
            assertThat(opened.holdsCompletedRun()).isFalse();
        }
        assertThat(tries).hasSize(2);
    }

    /** A young folder is not written to. */
    @Test
    void whereNothingIsOldNoTurnIsTaken() throws IOException {
        work("backup-young-1", 3, "COMPLETED");
        prune(30);
        assertThat(folder.resolve(PruningTurn.STAMP)).doesNotExist();
    }

    /** What is looked at and stays is as it was, to the last byte and its time. */
    @Test
    void whatStaysIsNotTouched() throws IOException {
        work("backup-killed-1", 400, "STARTED");
        Path file = folder.resolve("backup-killed-1.mv.db");
        byte[] content = Files.readAllBytes(file);
        FileTime changed = Files.getLastModifiedTime(file);

        prune(30);

        assertThat(Files.readAllBytes(file)).isEqualTo(content);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(changed);
        assertThat(files()).containsExactly("backup-killed-1.mv.db");
    }

    @Test
    void whatIsNoDatabaseStays() throws IOException {
        Files.writeString(folder.resolve("backup-odd-1.mv.db"), "not one of H2's");
        age("backup-odd-1.mv.db", 400);

        prune(30);

        assertThat(files()).containsExactly("backup-odd-1.mv.db");
    }
}
