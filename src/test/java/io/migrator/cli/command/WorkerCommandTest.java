package io.migrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.cli.Cli;
import io.migrator.cli.line.Terminal;
import io.migrator.config.read.ConfigLocation;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.Stopping;
import io.migrator.launch.Termination;
import io.migrator.launch.Worker;
import io.migrator.launch.request.WorkerRequest;
import io.migrator.report.RunReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code worker} takes for itself, and how one ends that cannot begin. */
class WorkerCommandTest {
    @TempDir
    Path folder;

    private final List<WorkerRequest> asked = new ArrayList<>();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(
                folder.resolve("backup.yaml"),
                "minio: {storageType: local, rootPath: %s, backupStorageType: local, backupRootPath: %s}%n"
                        .formatted(folder.resolve("a"), folder.resolve("b")));
    }

    private int run(boolean really, Map<String, String> environment, String... words) {
        List<String> line = new ArrayList<>(List.of("worker", "--config=" + folder.resolve("backup.yaml")));
        line.addAll(List.of(words));
        return new Cli(
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment,
                        new ConfigLocation(folder, null),
                        Terminal.NONE,
                        (request, progress) -> {
                            throw new AssertionError("no job is meant");
                        },
                        (request, progress) -> {
                            asked.add(request);
                            return really
                                    ? new Worker(request, progress, new Termination()).run()
                                    : new RunOutcome(null, "", new RunReport(), null);
                        },
                        Stopping.NONE)
                .run(line.toArray(String[]::new));
    }

    @Test
    void hasTwoThreadsAndStaysWithoutAWord() {
        assertThat(run(false, Map.of())).isZero();

        assertThat(asked).singleElement().satisfies(request -> {
            assertThat(request.threads()).isEqualTo(2);
            assertThat(request.idle()).isEqualTo(Duration.ZERO);
        });
    }

    @Test
    void takesThreadsAndATime() {
        assertThat(run(false, Map.of(), "--threads=12", "--idle-exit=1h30m")).isZero();

        assertThat(asked).singleElement().satisfies(request -> {
            assertThat(request.threads()).isEqualTo(12);
            assertThat(request.idle()).isEqualTo(Duration.ofMinutes(90));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--threads=0",
                "--threads=100",
                "--threads=",
                "--idle-exit=10",
                "--idle-exit=",
                "--dry-run",
                "chunk=1"
            })
    void refusesWhatItDoesNotKnow(String word) {
        assertThat(run(false, Map.of(), word)).isEqualTo(2);
        assertThat(asked).isEmpty();
    }

    @Test
    void needsAPostgres() {
        assertThat(run(true, Map.of())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("repository.url");
    }

    @Test
    void endsWhereThePostgresIsNotThere() {
        int code = run(
                true,
                Map.of(
                        "MIGRATOR_REPOSITORY_URL",
                        "jdbc:postgresql://127.0.0.1:1/none",
                        "MIGRATOR_REPOSITORY_USER",
                        "nobody",
                        "MIGRATOR_REPOSITORY_PASSWORD",
                        "nothing-at-all"));

        assertThat(code).isEqualTo(30);
    }
}
