package io.migrator.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.cli.Cli;
import io.migrator.cli.CliRun;
import io.migrator.cli.line.Terminal;
import io.migrator.config.read.ConfigLocation;
import io.migrator.failure.Failure;
import io.migrator.launch.RunOutcome;
import io.migrator.record.RecordFolder;
import io.migrator.record.RecordedRun;
import io.migrator.record.RunEnd;
import io.migrator.report.RunReport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
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
    void eachJobLeavesOne(String words, String task, String kind) throws IOException {
        Files.createDirectory(dir.resolve("state"));
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
        Files.createDirectory(dir.resolve("state"));
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
    void aMistypedNameLeavesNothingThatWasNotThere() throws IOException {
        assertThat(run(Failure.NOT_FOUND, "unable to find it", "--job=restore", "name=nn"))
                .isEqualTo(10);
        assertThat(dir.resolve("state")).doesNotExist();

        Files.createDirectory(dir.resolve("state"));
        run(Failure.NOT_FOUND, "unable to find it", "--job=restore", "name=nn");
        assertThat(records()).hasSize(1);
    }

    /** As on a machine whose home cannot be written, each night. */
    @Test
    void whoeverKeepsNothingThereIsNotAlarmed() throws IOException {
        Files.writeString(Files.createDirectory(dir.resolve("state")).resolve("runs"), "");
        CliRun run = new CliRun();
        int code = run.run(
                dir,
                Map.of(),
                (request, progress) -> outcome(null, "done"),
                "--job=verify",
                "name=n",
                "--quiet",
                "--set",
                "repository.url=jdbc:postgresql://localhost/x");

        assertThat(code).isZero();
        assertThat(run.errorText()).doesNotContain("unable to write");
    }

    /** The user was told nothing: the record does not say that all went well. */
    @Test
    void theRecordHasTheExitCodeOfTheProcess() {
        int code = new Cli(
                        new PrintStream(new OutputStream() {
                            @Override
                            public void write(int b) throws IOException {
                                throw new IOException("full");
                            }
                        }),
                        new PrintStream(OutputStream.nullOutputStream()),
                        Map.of("MIGRATOR_STATE_DIR", dir.resolve("state").toString()),
                        new ConfigLocation(dir, null),
                        Terminal.NONE,
                        (request, progress) -> outcome(null, "done"))
                .run("--job=verify", "name=n");

        assertThat(code).isEqualTo(5);
        assertThat(records()).singleElement().satisfies(run -> assertThat(run.end())
                .isNotNull()
                .returns(5, RunEnd::exitCode)
                .returns(Failure.RESULT_UNTOLD, RunEnd::failure));
    }

    @Test
    void allLinesOfJsonSayWhoseTheyAre() {
        CliRun run = new CliRun();
        run.run(
                dir,
                Map.of(),
                (request, progress) -> {
                    progress.note("a note");
                    return outcome(null, "done");
                },
                "--job=verify",
                "name=n",
                "--output=json");

        String id = records().get(0).start().runId();
        assertThat(run.text().lines()).hasSize(2).allMatch(line -> line.contains("\"run_id\":\"" + id + '"'));
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

    @Test
    void aFaultInTheRecordIsOneWarningAndNoOtherExitCode() {
        Object odd = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("a bug of a fact");
            }
        };
        Watched nightly = new Watched(dir);

        assertThat(nightly.run(Failure.CORRUPT, Map.of("odd", odd))).isEqualTo(20);
        assertThat(nightly.errors().lines().filter(line -> line.contains("unable to write")))
                .hasSize(1);
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
