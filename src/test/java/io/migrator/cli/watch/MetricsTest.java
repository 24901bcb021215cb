package io.migrator.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.migrator.cli.CliRun;
import io.migrator.failure.Failure;
import io.migrator.launch.RunOutcome;
import io.migrator.record.RecordFolder;
import io.migrator.report.RunReport;
import io.migrator.sink.Receiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics of runs, in a file and at a Pushgateway, and that neither changes how a run ends. */
class MetricsTest {
    private static final String LABELS = "{task=\"nightly\",kind=\"backup\"";

    @TempDir
    Path dir;

    private Watched nightly;
    private Path metrics;

    @BeforeEach
    void start() throws IOException {
        nightly = new Watched(dir);
        metrics = Files.createDirectory(dir.resolve("metrics"));
    }

    @Test
    void aFileTellsOfEachTaskAndKeepsTheLastSuccess() throws IOException {
        nightly.set("metrics.textfile", metrics.toString());
        assertThat(nightly.run(null)).isZero();

        Path file = metrics.resolve("migrator_nightly.prom");
        List<String> first = Files.readAllLines(file);
        assertThat(first)
                .contains(
                        "# TYPE migrator_running gauge",
                        "migrator_running" + LABELS + "} 0",
                        "migrator_last_run_success" + LABELS + "} 1",
                        "migrator_last_run_exit_code" + LABELS + "} 0",
                        "migrator_last_run_bytes" + LABELS + ",transfer=\"server\"} 4096",
                        "migrator_last_success_bytes" + LABELS + "} 4096",
                        "migrator_expected_interval_seconds" + LABELS + "} 86400");
        assertThat(Files.readString(file)).endsWith("\n").doesNotContain("name=");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        try (var files = Files.list(metrics)) {
            assertThat(files).containsExactly(file);
        }

        assertThat(nightly.run(Failure.UNREACHABLE)).isEqualTo(5);
        List<String> second = Files.readAllLines(file);
        assertThat(second)
                .contains(
                        "migrator_last_run_success" + LABELS + "} 0",
                        "migrator_last_run_exit_code" + LABELS + "} 5",
                        "migrator_last_run_restartable" + LABELS + "} 1",
                        "migrator_last_run_attempts" + LABELS + "} 1",
                        line(first, "migrator_last_success_timestamp_seconds"));

        // The file is lost, as on a new machine: the record of the last success is not.
        Files.delete(file);
        nightly.run(Failure.UNREACHABLE);
        assertThat(Files.readAllLines(file)).contains(line(first, "migrator_last_success_timestamp_seconds"));
    }

    /** Nothing was copied, which is no sign that the backup shrank. */
    @Test
    void aRepeatOfACompleteBackupRenewsTheTimeAlone() throws IOException {
        nightly.set("metrics.textfile", metrics.toString());
        nightly.run(null);
        List<String> first = Files.readAllLines(metrics.resolve("migrator_nightly.prom"));
        nightly.run(null, Map.of("already_complete", true));
        List<String> second = Files.readAllLines(metrics.resolve("migrator_nightly.prom"));

        assertThat(second)
                .contains(line(first, "migrator_last_success_bytes"), "migrator_last_run_objects" + LABELS + "} 0");
        assertThat(line(second, "migrator_last_success_timestamp_seconds"))
                .isNotEqualTo(line(first, "migrator_last_success_timestamp_seconds"));
    }

    @Test
    void oneFileForAllKeepsTheLinesOfOtherTasks() throws IOException {
        Path file = metrics.resolve("all.prom");
        Files.writeString(dir.resolve("jobs/weekly.yaml"), "job: verify\nparameters: {name: n}\n");
        nightly.set("metrics.textfile", file.toString());
        nightly.run(null);
        List<String> first = Files.readAllLines(file);
        nightly.task("weekly").run(Failure.CORRUPT);
        List<String> both = Files.readAllLines(file);

        assertThat(both)
                .contains(
                        line(first, "migrator_last_success_timestamp_seconds"),
                        "migrator_last_run_exit_code" + LABELS + "} 0",
                        "migrator_last_run_exit_code{task=\"weekly\",kind=\"verify\"} 20");
        assertThat(both).containsOnlyOnce("# TYPE migrator_last_run_exit_code gauge");

        nightly.task("nightly").run(Failure.UNREACHABLE);
        assertThat(Files.readAllLines(file))
                .contains(
                        line(first, "migrator_last_success_timestamp_seconds"),
                        "migrator_last_run_exit_code" + LABELS + "} 5",
                        "migrator_last_run_exit_code{task=\"weekly\",kind=\"verify\"} 20");
    }

    /** The other run is the one to be told of, however this one is to end. */
    @Test
    void nobodyIsToldOfARunThatFoundAnotherAtItsWork() throws IOException {
        try (Receiver ping = Receiver.taking()) {
            nightly.set("metrics.textfile", metrics.toString()).set("notify.ping.url", ping.url());
            nightly.run(null);
            Path file = metrics.resolve("migrator_nightly.prom");
            String first = Files.readString(file);
            int pings = ping.got().size();

            nightly.notBeginning();
            assertThat(nightly.run(null, Map.of("locked", true))).isZero();
            assertThat(nightly.run(Failure.LOCKED)).isEqualTo(11);

            assertThat(Files.readString(file)).isEqualTo(first);
            assertThat(ping.got()).hasSize(pings);
        }
        assertThat(new RecordFolder(nightly.state()).newestFirst().map(run -> Objects.requireNonNull(run.end())
                        .exitCode()))
                .containsExactly(11, 11, 0);
    }

    @Test
    void aRunThatFailsBeforeItHasTheWorkDoesNotEndTheOther() throws IOException {
        Path file = metrics.resolve("migrator_nightly.prom");
        nightly.set("metrics.textfile", metrics.toString());
        Watched other = new Watched(dir).set("metrics.textfile", metrics.toString());
        nightly.working(progress -> {
            await().until(() -> Files.exists(file));
            other.notBeginning().run(Failure.UNREACHABLE);
            try {
                assertThat(Files.readAllLines(file))
                        .contains("migrator_running" + LABELS + "} 1", "migrator_last_run_exit_code" + LABELS + "} 5");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });

        assertThat(nightly.run(null)).isZero();
        assertThat(Files.readAllLines(file)).contains("migrator_running" + LABELS + "} 0");
    }

    @Test
    void whileItRunsThatIsTold() {
        AtomicReference<String> seen = new AtomicReference<>("");
        nightly.set("metrics.textfile", metrics.toString())
                .set("metrics.interval", "1")
                .working(progress -> {
                    Path file = metrics.resolve("migrator_nightly.prom");
                    await().until(() ->
                            Files.exists(file) && Files.readString(file).contains("migrator_run_done_bytes"));
                    try {
                        seen.set(Files.readString(file));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
        nightly.run(null);

        assertThat(seen.get())
                .contains("migrator_running" + LABELS + "} 1", "migrator_run_done_bytes" + LABELS + "} 4096")
                .doesNotContain("migrator_last_run_end");
    }

    @Test
    void labelsOfAnyKindStayInTheirPlace() throws IOException {
        nightly.set("metrics.textfile", metrics.toString()).set("metrics.labels", "env=a \"b\" \\c/d");
        nightly.run(null);
        nightly.run(Failure.CORRUPT);

        assertThat(Files.readString(metrics.resolve("migrator_nightly.prom")))
                .contains("migrator_last_run_exit_code" + LABELS + ",env=\"a \\\"b\\\" \\\\c/d\"} 20")
                .contains("migrator_last_success_objects" + LABELS + ",env=\"a \\\"b\\\" \\\\c/d\"} 20");
    }

    @Test
    void whereTheFolderIsMissingTheRunEndsAsItDoes() {
        nightly.set("metrics.textfile", dir.resolve("nowhere").toString());

        assertThat(nightly.run(null)).isZero();
        assertThat(nightly.errors())
                .containsOnlyOnce("metrics.textfile: unable to write")
                .contains("there is no such folder. Make it, or name a file that ends in .prom");
        nightly.set("metrics.textfile", dir.resolve("nowhere/x.prom").toString());
        assertThat(nightly.run(Failure.CORRUPT)).isEqualTo(20);
        assertThat(nightly.errors()).containsOnlyOnce("metrics.textfile: unable to write");
    }

    @Test
    void aPushgatewayGetsPostsToTheGroupOfTheTask() {
        try (Receiver gateway = Receiver.taking()) {
            nightly.set("metrics.pushgateway.url", gateway.url())
                    .set("metrics.pushgateway.user", "ann")
                    .set("metrics.pushgateway.password", "not-a-secret-1")
                    .set("metrics.labels", "env=a/b");
            assertThat(nightly.run(Failure.UNREACHABLE)).isEqualTo(5);
            assertThat(nightly.run(null)).isZero();

            assertThat(gateway.got()).extracting(Receiver.Got::method).containsOnly("POST");
            assertThat(gateway.paths())
                    .containsOnly("/metrics/job/migrator/task/nightly/kind/backup/env@base64/YS9i")
                    .hasSize(4);
            assertThat(gateway.got()).allSatisfy(one -> assertThat(one.headers())
                    .containsEntry("authorization", "Basic YW5uOm5vdC1hLXNlY3JldC0x"));
            assertThat(gateway.got().get(1).body())
                    .contains("migrator_last_run_exit_code 5\n", "migrator_last_run_start_timestamp_seconds")
                    .doesNotContain("migrator_last_success", "task=");
            assertThat(gateway.got().get(3).body()).contains("migrator_last_success_timestamp_seconds");
        }
    }

    /** The live run that has the work owns the series. */
    @Test
    void aRunThatFoundAnotherTellsNothing() {
        try (Receiver gateway = Receiver.taking()) {
            nightly.set("metrics.pushgateway.url", gateway.url()).set("metrics.textfile", metrics.toString());
            int code = new CliRun()
                    .run(
                            dir,
                            Map.of(),
                            (request, progress) -> new RunOutcome(Failure.LOCKED, "another", new RunReport(), null),
                            "--job=nightly",
                            "--set",
                            "metrics.pushgateway.url=" + gateway.url(),
                            "--set",
                            "metrics.textfile=" + metrics);

            assertThat(code).isEqualTo(11);
            assertThat(gateway.got()).isEmpty();
            assertThat(metrics).isEmptyDirectory();
        }
    }

    @Test
    void aGatewayThatIsDownOrRefusesChangesNoExitCode() {
        try (Receiver gateway = Receiver.answering(one -> 400)) {
            nightly.set("metrics.pushgateway.url", gateway.url());
            assertThat(nightly.run(null)).isZero();
            assertThat(nightly.errors())
                    .containsOnlyOnce("metrics.pushgateway.url: unable to send to 127.0.0.1:")
                    .contains("it answered 400: said 400; the run itself is not touched by it");
        }
        assertThat(nightly.run(Failure.CORRUPT)).isEqualTo(20);
        assertThat(nightly.errors()).containsOnlyOnce("metrics.pushgateway.url: unable to send to 127.0.0.1:");
    }

    /** All that is told takes ten seconds at most. */
    @Test
    void aGatewayThatNeverAnswersIsGivenUp() {
        try (Receiver gateway = Receiver.answering(one -> 0)) {
            nightly.set("metrics.pushgateway.url", gateway.url());
            assertThat(nightly.run(null)).isZero();
            assertThat(nightly.errors()).containsOnlyOnce("metrics.pushgateway.url: not done within 10 s");
        }
    }

    private static String line(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + "{"))
                .findFirst()
                .orElseThrow();
    }
}
