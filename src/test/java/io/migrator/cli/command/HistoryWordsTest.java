package io.migrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.cli.CliRun;
import io.migrator.failure.Failure;
import io.migrator.launch.RunOutcome;
import io.migrator.record.RunRecording;
import io.migrator.record.RunStart;
import io.migrator.record.RunTroubles;
import io.migrator.record.Runs;
import io.migrator.report.RunReport;
import io.migrator.report.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The word history, over records of all kinds of ends. */
class HistoryWordsTest {
    private static final Instant BEGIN = Instant.parse("2026-11-29T02:00:00Z");

    @TempDir
    Path dir;

    private final CliRun run = new CliRun();

    @Test
    @SuppressWarnings("try")
    void tellsEveryRunNewestLast() {
        Path state = dir.resolve("state");
        Runs.ended(state, Runs.start("nightly", "n1", BEGIN), null, "backup n1 is complete");
        Runs.ended(state, Runs.start("nightly", "n2", BEGIN.plusSeconds(60)), Failure.UNREACHABLE, "no network");
        Runs.ended(state, Runs.start("proof", "n1", BEGIN.plusSeconds(120)), Failure.CORRUPT, "n1 is damaged");
        RunStart going = Runs.start("nightly", "n3", BEGIN.plusSeconds(180));
        RunRecording recording = Runs.begin(state, going);
        recording.stage("copy", 30, 3000);
        recording.close();
        assertThat(history()).isZero();
        List<String> lines = run.text().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(1)).startsWith("2026-11-29T02:00:00Z").contains("n1", "0 OK", "20", "12.1 KiB");
        assertThat(lines.get(2)).contains("n2", "5 UNREACHABLE");
        assertThat(lines.get(3)).contains("proof", "20 CORRUPT");
        assertThat(lines.get(4)).contains("n3", "running: copy 0 %");

        List<JsonNode> runs = json("history");
        assertThat(runs)
                .extracting(one -> one.path("state").asText())
                .containsExactly("ended", "ended", "ended", "running");
        assertThat(runs).extracting(one -> one.path("exit_code").asInt(-1)).containsExactly(0, 5, 20, -1);
        assertThat(runs.get(0).path("bytes").asLong()).isEqualTo(12_360);
        assertThat(runs.get(3).path("objects_total").asLong()).isEqualTo(30);

        assertThat(json("history --task nightly -n 2"))
                .extracting(one -> one.path("name").asText())
                .containsExactly("n2", "n3");
    }

    @Test
    void tellsWhatHappenedToOneBackup() {
        Path state = dir.resolve("state");
        Runs.ended(state, Runs.start("nightly", "n1", BEGIN), Failure.STOPPED, "stopped on request");
        Runs.ended(state, Runs.start("nightly", "n2", BEGIN.plusSeconds(60)), null, "backup n2 is complete");
        Runs.ended(state, Runs.start("nightly", "n1", BEGIN.plusSeconds(90)), null, "backup n1 is complete");

        assertThat(history("n1")).isZero();
        assertThat(run.text())
                .contains("stopped on request", "backup n1 is complete")
                .doesNotContain("n2");
        run.forget();
        assertThat(history("weekly")).isZero();
        assertThat(run.text()).contains("no run of 'weekly' is on record");
    }

    @Test
    void tellsWhatABrokenRestoreLeftAtItsServer() {
        Path state = dir.resolve("state");
        RunRecording broken = Runs.begin(state, Runs.start("restore", "n1", BEGIN));
        broken.stage("import", 2, 0);
        broken.outside(List.of("import job 7 of default.a", "import job 8 of default.a"));
        broken.end(Failure.STOPPED, "stopped on request", Map.of(), RunTroubles.NONE);
        Runs.ended(state, Runs.start("restore", "n1", BEGIN.plusSeconds(90)), null, "restored default.a");

        assertThat(history()).isZero();
        List<String> lines = run.text().lines().toList();
        assertThat(lines.get(1))
                .contains("4 STOPPED")
                .endsWith("left import job 7 of default.a, import job 8 of default.a");
        assertThat(lines.get(2)).doesNotContain("left");
        List<JsonNode> runs = json("history");
        assertThat(runs.get(0).path("left")).hasSize(2);
        assertThat(runs.get(1).has("left")).isFalse();
    }

    /** The last line of a killed run is older than its death: the next attempt found what it had done. */
    @Test
    void tellsWhatAKilledAttemptDidAsTheNextOneFoundIt() {
        killed(Runs.attempt("nightly", "n1", BEGIN, 1), copying(0, 63));
        killed(Runs.attempt("nightly", "n1", BEGIN.plusSeconds(10), 2), recording -> recording.stage("plan", 4, 0));
        killed(Runs.attempt("nightly", "n1", BEGIN.plusSeconds(20), 3), copying(21, 63));
        killed(Runs.attempt("nightly", "n1", BEGIN.plusSeconds(30), 4), copying(34, 63));
        Runs.ended(dir.resolve("state"), Runs.attempt("nightly", "n1", BEGIN.plusSeconds(50), 1), null, "a new one");
        killed(Runs.attempt("nightly", "n2", BEGIN.plusSeconds(60), 1), recording -> {
            copying(20, 63).accept(recording);
            recording.stage("verify");
        });

        List<JsonNode> runs = json("history");
        assertThat(runs)
                .extracting(one -> one.path("objects").asLong())
                .as("nothing is known of the fourth: the one after it is other work")
                .containsExactly(21L, 0L, 13L, 0L, 20L, 2L);
        assertThat(runs).extracting(one -> one.path("bytes").asLong()).startsWith(2100L, 0L, 1300L, 0L);
        Path page = dir.resolve("first.html");
        assertThat(words("report", runs.get(0).path("run_id").asText(), "-o", page.toString()))
                .isZero();
        assertThat(page).content().contains("<td>objects</td><td>21</td>");
    }

    /** Two objects more than were found, of which no line tells before the next stage begins. */
    private static Consumer<RunRecording> copying(long found, long all) {
        return recording -> {
            recording.stage(new Stage("copy", Stage.Unit.OBJECT, found, all, 100 * found, 100 * all));
            recording.advance(2, 200);
        };
    }

    private void killed(RunStart start, Consumer<RunRecording> course) {
        try (RunRecording recording = Runs.begin(dir.resolve("state"), Runs.ofADeadProcess(start))) {
            course.accept(recording);
        }
    }

    @Test
    void aRunIsFoundByTheBeginThatTheHistoryTells() {
        RunStart start = Runs.start("nightly", "n1", BEGIN.plusMillis(789));
        Runs.ended(dir.resolve("state"), start, null, "backup n1 is complete");
        assertThat(history()).isZero();
        String begin = run.text().lines().skip(1).findFirst().orElseThrow().split(" ")[0];
        run.forget();

        assertThat(words("report", begin, "--format=md")).isZero();
        assertThat(run.text()).contains("# nightly", "Began " + BEGIN + ",");
    }

    @Test
    void mistakesAreTold() throws IOException {
        assertThat(history("-n", "many")).isEqualTo(2);
        assertThat(run.errorText()).contains("-n: 'many' must be a whole number");
        Files.createDirectories(dir.resolve("state"));
        Files.writeString(dir.resolve("state/runs"), "no folder");
        assertThat(history()).isEqualTo(30);
        assertThat(run.errorText()).contains("Name the state folder with --state-dir.");
    }

    /** Of very many only the ends of few are opened: those that are shown. */
    @Test
    void manyRecordsAreNoBurden() throws IOException {
        Path runs = Files.createDirectories(dir.resolve("state/runs"));
        Runs.ended(dir.resolve("state"), Runs.start("nightly", "n", BEGIN), null, "");
        byte[] record;
        try (Stream<Path> files = Files.list(runs)) {
            record = Files.readAllBytes(files.findFirst().orElseThrow());
        }
        int many = Integer.getInteger("test.records", 5_000);
        for (int i = 0; i < many; i++) {
            String name = "20%02d1129T%02d%02d%02d.%03dZ-nightly-%s.jsonl"
                    .formatted(27 + i / 50_000, i / 3600 % 24, i / 60 % 60, i % 60, i / 1000 % 1000, new UUID(0, i));
            Files.write(runs.resolve(name), record);
        }

        assertThat(history("-n", "20")).isZero();
        assertThat(run.text().lines()).hasSize(22);
        run.forget();
        assertThat(history("-n", "0", "--task", "other")).isZero();
        assertThat(run.text()).contains("no run is on record");
    }

    private int history(String... words) {
        List<String> all = new ArrayList<>(List.of("history"));
        all.addAll(List.of(words));
        return words(all.toArray(String[]::new));
    }

    private int words(String... all) {
        return run.run(dir, Map.of(), (request, progress) -> new RunOutcome(null, "", new RunReport(), null), all);
    }

    private List<JsonNode> json(String words) {
        CliRun told = new CliRun();
        told.run(
                dir,
                Map.of(),
                (request, progress) -> new RunOutcome(null, "", new RunReport(), null),
                (words + " --output=json").split(" "));
        try {
            List<JsonNode> runs = new ArrayList<>();
            new ObjectMapper()
                    .readTree(told.text().getBytes(StandardCharsets.UTF_8))
                    .path("runs")
                    .forEach(runs::add);
            return runs;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
