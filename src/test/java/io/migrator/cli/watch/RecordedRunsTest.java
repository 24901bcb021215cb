package io.migrator.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.cli.CliRun;
import io.migrator.failure.Failure;
import io.migrator.launch.RunOutcome;
import io.migrator.record.RecordFolder;
import io.migrator.record.RecordedRun;
import io.migrator.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Which commands leave a record, and what happens where it cannot be written. */
class RecordedRunsTest {
    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource({
        "--job=backup collection=c name=n, backup, backup",
        "create -n n, create, backup",
        "--job=restore name=n, restore, restore",
        "verify n, verify, verify",
        "expire --keep-last 3, expire, expire",
        "export n --to m, export, export"
    })
    void eachJobLeavesOne(String words, String task, String kind) {
        assertThat(run(Failure.NOT_FOUND, "unable to find it", words.split(" ")))
                .isEqualTo(10);

        assertThat(records()).singleElement().satisfies(run -> {
            assertThat(run.start().task()).isEqualTo(task);
            assertThat(run.start().kind()).isEqualTo(kind);
            assertThat(run.end()).isNotNull();
            assertThat(run.end().exitCode()).isEqualTo(10);
            assertThat(run.end().message()).isEqualTo("unable to find it");
        });
    }

    @Test
    void deleteLeavesOne() throws IOException {
        Path config = Files.writeString(
                dir.resolve("a.yaml"),
                "minio: {storageType: local, rootPath: %s, backupStorageType: local, backupRootPath: %s}"
                        .formatted(dir, Files.createDirectory(dir.resolve("vault"))));
        new CliRun()
                .run(
                        dir,
                        Map.of(),
                        (request, progress) -> outcome(null, ""),
                        "delete",
                        "n",
                        "--config",
                        config.toString());

        assertThat(records()).singleElement().satisfies(run -> {
            assertThat(run.start().kind()).isEqualTo("delete");
            assertThat(run.name()).isEqualTo("n");
            assertThat(run.end()).isNotNull();
            assertThat(run.end().failure()).isEqualTo(Failure.NOT_FOUND);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "--job=backup nmae=n",
        "--job=bakcup",
        "--job=backup collection=c name=n --dry-run",
        "--version",
        "history"
    })
    void whatRunsNothingLeavesNone(String words) {
        run(null, "", words.split(" "));

        assertThat(records()).isEmpty();
        assertThat(dir.resolve("state")).doesNotExist();
    }

    @Test
    void countsTheAttemptsOfOneWork() {
        String[] words = {"--job=backup", "collection=c", "name=n"};
        run(Failure.UNREACHABLE, "", words);
        run(Failure.LOCKED, "", words);
        run(Failure.STOPPED, "", words);
        run(null, "", words);
        run(null, "", words);
        run(Failure.UNREACHABLE, "", "--job=backup", "collection=c", "name=other");

        assertThat(records().stream().map(run -> run.start().attempt())).containsExactly(1, 1, 3, 2, 2, 1);
    }

    @Test
    void tellsWhatOutsideSaidAndTheRunLogged() {
        new CliRun()
                .run(
                        dir,
                        Map.of("MIGRATOR_RUN_LABEL", "dag 7"),
                        (request, progress) -> {
                            LoggerFactory.getLogger("io.migrator.some").warn("it is late");
                            return outcome(null, "done");
                        },
                        "--job=backup",
                        "collection=c",
                        "name=n");

        assertThat(records()).singleElement().satisfies(run -> {
            assertThat(run.start().label()).isEqualTo("dag 7");
            assertThat(run.start().parameters()).containsEntry("collection", "c");
            assertThat(run.end()).isNotNull();
            assertThat(run.end().troubles().warnings()).isEqualTo(1);
        });
    }

    @Test
    void aBugHasItsRecordToo() {
        CliRun run = new CliRun();
        int code = run.run(
                dir,
                Map.of(),
                (request, progress) -> {
                    throw new IllegalStateException("a bug");
                },
                "--job=verify",
                "name=n");

        assertThat(code).isEqualTo(1);
        assertThat(records()).singleElement().satisfies(one -> assertThat(one.end())
                .isNotNull()
                .matches(end -> end.failure() == Failure.UNCLASSIFIED));
    }

    @Test
    void aFullDiskIsOneWarningAndNoOtherExitCode() throws IOException {
        Path state = Files.createDirectory(dir.resolve("state"));
        // Such a folder takes no file, as one of a full or read-only disk does not; root may write wherever modes
        // forbid it.
        Files.writeString(state.resolve("runs"), "");
        CliRun run = new CliRun();
        int code = run.run(dir, Map.of(), (request, progress) -> outcome(null, "done"), "--job=verify", "name=n");

        assertThat(code).isZero();
        assertThat(run.errorText().lines().filter(line -> line.contains("unable to write")))
                .singleElement()
                .asString()
                .contains("The run itself is not touched by it");
    }

    private int run(@Nullable Failure failure, String message, String... words) {
        return new CliRun().run(dir, Map.of(), (request, progress) -> outcome(failure, message), words);
    }

    private static RunOutcome outcome(@Nullable Failure failure, String message) {
        return new RunOutcome(failure, message, new RunReport(), null);
    }

    private List<RecordedRun> records() {
        return new RecordFolder(dir.resolve("state")).newestFirst().toList();
    }
}
