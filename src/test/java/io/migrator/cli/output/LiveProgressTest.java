package io.migrator.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.migrator.report.Stage;
import io.migrator.report.Stage.Unit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void linesTellBeginHeartbeatAndEndOfEachStage() {
        List<String> lines = run(stream -> new LineView(CleanStream.of(stream)));

        assertThat(lines.get(0)).isEqualTo("copyBinlogs: 0/4 objects, 0 B/4.0 KiB");
        assertThat(lines)
                .anyMatch(line -> line.matches(
                        "copyBinlogs: 1/4 objects, 1\\.0 KiB/4\\.0 KiB, [0-9,]+ objects/s, .*/s, .* left"));
        assertThat(lines).contains("a decision", "verifyCopy");
        assertThat(lines).anyMatch(line -> line.matches("copyBinlogs done in [0-9.]+ s: 1/4 objects, .*"));
        assertThat(lines.get(lines.size() - 2)).matches("verifyCopy done in [0-9.]+ s");
        assertThat(lines.get(lines.size() - 1)).matches("took [0-9.]+ s");
    }

    @Test
    void jsonLinesHoldTheNumbers() {
        List<String> lines = run(stream -> new JsonView(CleanStream.of(stream), new OutputForm(true, false, false)));

        assertThat(lines).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        assertThat(lines.get(0))
                .startsWith(
                        "{\"message_type\":\"status\",\"stage\":\"copyBinlogs\",\"state\":\"began\","
                                + "\"unit\":\"objects\",\"objects_done\":0,\"objects_total\":4,\"bytes_done\":0,\"bytes_total\":4096");
        assertThat(lines).contains("{\"message_type\":\"note\",\"message\":\"a decision\"}");
        assertThat(lines.get(lines.size() - 1)).contains("\"stage\":\"verifyCopy\",\"state\":\"done\"");
    }

    @Test
    void barStaysWithinTheTerminal() {
        run(stream -> new BarView(CleanStream.of(stream), 120));

        assertThat(text()).contains("copyBinlogs [######..................]");
        assertThat(text().split("[\r\n]")).allMatch(drawn -> drawn.length() <= 120);
        assertThat(text()).endsWith(" s\n");
    }

    /** The bar goes first, then the numbers; share and time stay. */
    @ParameterizedTest
    @ValueSource(ints = {20, 40, 60, 80, 200})
    void narrowTerminalsGetLessOfIt(int columns) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        BarView view = new BarView(CleanStream.of(stream), columns);

        view.beat(
                new StageState(
                        new Stage("copy", Unit.OBJECT, 0, 30, 0, 90 << 20), 10, 30 << 20, Duration.ofSeconds(10)),
                null);

        String drawn = text().strip();
        assertThat(drawn.length()).isLessThan(columns);
        assertThat(drawn)
                .isEqualTo(
                        columns < 80
                                ? "copy 33%, 20.0 s left"
                                        .substring(0, Math.min(columns - 1, "copy 33%, 20.0 s left".length()))
                                        .strip()
                                : (columns < 101 ? "copy 33%, " : "copy [########................] ")
                                        + "10/30 objects, 30.0 MiB/90.0 MiB, 1 object/s, 3.0 MiB/s, 20.0 s left");
    }

    /** Rates go before it does. */
    @ParameterizedTest
    @CsvSource({
        "200,'backup 50 %, some 3 min left; copy [########................] 10/30 objects, 30.0 MiB/90.0 MiB, 1 object/s,"
                + " 3.0 MiB/s, 20.0 s left'",
        "80,'backup 50 %, some 3 min left; copy 33%, 10/30 objects, 30.0 MiB/90.0 MiB -'",
        "60,'backup 50 %, some 3 min left; copy 33%, 20.0 s left'",
        "45,'backup 50 %, some 3 min left; copy 33% -'",
        "35,'copy 33%, 20.0 s left'"
    })
    void theWholeRunStandsBeforeItsStageWhereThereIsRoom(int columns, String shown) {
        BarView view = new BarView(CleanStream.of(new PrintStream(out, true, StandardCharsets.UTF_8)), columns);

        view.beat(
                new StageState(
                        new Stage("copy", Unit.OBJECT, 0, 30, 0, 90 << 20), 10, 30 << 20, Duration.ofSeconds(10)),
                new WholeRun.Guess("backup", 50, Duration.ofMinutes(3)));

        assertThat(text().strip()).isEqualTo(shown);
    }

    /** An import may say nothing for long: whoever looks has to see that the run goes on. */
    @ParameterizedTest
    @ValueSource(ints = {35, 45, 60, 80, 100, 200})
    void movesWhereNothingIsToldForASecond(int columns) {
        BarView view = new BarView(CleanStream.of(new PrintStream(out, true, StandardCharsets.UTF_8)), columns);
        Stage stage = new Stage("copy", Unit.OBJECT, 0, 30, 0, 90 << 20);
        StageNews news = new StageNews();

        for (int beat = 0; beat < 5; beat++) {
            view.beat(
                    news.of(new StageState(stage, 10, 30 << 20, Duration.ofMillis(10_000 + 200 * beat))),
                    new WholeRun.Guess("backup", 50, Duration.ofMinutes(3)));
        }

        assertThat(text().strip().split("\r"))
                .extracting(String::strip)
                .filteredOn(line -> !line.isEmpty())
                .satisfies(lines -> assertThat(Set.copyOf(lines)).hasSizeGreaterThan(1));
    }

    @Test
    void aTimeThatNobodyKnowsIsNull() {
        StageState silent = new StageState(
                Stage.of("import", Unit.JOB, 4), 1, 0, Duration.ofMinutes(9), Duration.ofMinutes(2), true);
        ProgressView view = new JsonView(
                CleanStream.of(new PrintStream(out, true, StandardCharsets.UTF_8)), new OutputForm(true, false, false));

        view.beat(silent, new WholeRun.Guess("restore", 50, null, Duration.ofMinutes(7)));

        assertThat(text()).contains("\"seconds_left\":null,\"job_percent\":50,\"job_seconds_left\":null");
        assertThat(silent.time()).endsWith("so far");
    }

    @Test
    void beginsWhereTheRunBeforeStoodAndGuessesByItsOwnRate() {
        StageState state = new StageState(
                new Stage("copy", Unit.OBJECT, 20, 30, 20 << 20, 30 << 20), 5, 5 << 20, Duration.ofSeconds(5));

        assertThat(state.text()).startsWith("25/30 objects, 25.0 MiB/30.0 MiB, 1 object/s, 1.0 MiB/s");
        assertThat(state.left()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aStageThatTheRunBreaksOffInIsNotDone() {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        try (LiveProgress progress = new LiveProgress(new LineView(CleanStream.of(stream)), Duration.ofSeconds(10))) {
            progress.stage("plan");
            progress.stage(Stage.of("flush", Unit.COLLECTION, 2));
            progress.advance(1, 0);
            progress.brokeOff();
        }

        List<String> lines = text().lines().toList();
        assertThat(lines).anyMatch(line -> line.startsWith("plan done in "));
        assertThat(lines).anyMatch(line -> line.matches("flush broke off after [0-9.]+ s: 1/2 collections"));
    }

    @Test
    void whoPrintsALineHasTheBarTakenAway() {
        CleanStream stream = CleanStream.of(new PrintStream(out, true, StandardCharsets.UTF_8));
        BarView view = new BarView(stream, 80);
        view.beat(new StageState(Stage.of("copy", Unit.OBJECT, 4), 1, 0, Duration.ofSeconds(1)), null);

        BarLine.above(() -> stream.println("WARN a log line"));
        BarLine.above(() -> stream.println("WARN another"));

        String[] drawn = text().split("\r");
        assertThat(drawn[drawn.length - 1]).isEqualTo("WARN a log line\nWARN another\n");
        assertThat(drawn[drawn.length - 2]).isBlank();
    }

    @ParameterizedTest
    @CsvSource({"true,'',32", "false,'',", "true,1,"})
    void verdictsAreColouredOnTerminalsUnlessNobodyWantsIt(boolean terminal, String noColor, String colour) {
        CleanStream stream = CleanStream.of(new PrintStream(out, true, StandardCharsets.UTF_8));

        Colours.of(Map.of("NO_COLOR", noColor), terminal, terminal).done(stream, "all is well");

        assertThat(text()).isEqualTo(colour == null ? "all is well\n" : "\u001b[32mall is well\u001b[0m\n");
    }

    @Test
    void wordsAfterTheEndAreNoFault() {
        LiveProgress progress = new LiveProgress(ProgressView.NONE, Duration.ofSeconds(10));
        progress.close();

        progress.note("late");
        progress.advance(1, 1);
        progress.stage("later", 0, 0);
    }

    private List<String> run(Function<PrintStream, ProgressView> view) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        try (LiveProgress progress = new LiveProgress(view.apply(stream), Duration.ofMillis(20))) {
            progress.stage("copyBinlogs", 4, 4096);
            progress.advance(1, 1024);
            await().until(() -> text().contains("1/4 objects") || text().contains("\"objects_done\":1"));
            progress.note("a decision");
            progress.stage("verifyCopy", 0, 0);
        }
        return text().lines().toList();
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
