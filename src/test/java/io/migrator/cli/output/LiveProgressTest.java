package io.migrator.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

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
        assertThat(lines.get(lines.size() - 1)).matches("verifyCopy done in [0-9.]+ s");
    }

    @Test
    void jsonLinesHoldTheNumbers() {
        List<String> lines = run(stream -> new JsonView(CleanStream.of(stream)));

        assertThat(lines).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        assertThat(lines.get(0))
                .startsWith("{\"message_type\":\"status\",\"stage\":\"copyBinlogs\",\"state\":\"began\","
                        + "\"objects_done\":0,\"objects_total\":4,\"bytes_done\":0,\"bytes_total\":4096");
        assertThat(lines).contains("{\"message_type\":\"note\",\"message\":\"a decision\"}");
        assertThat(lines.get(lines.size() - 1)).contains("\"stage\":\"verifyCopy\",\"state\":\"done\"");
    }

    @Test
    void barStaysWithinTheTerminal() {
        run(stream -> new BarView(CleanStream.of(stream), 60));

        assertThat(text()).contains("copyBinlogs [######..................]");
        assertThat(text().split("[\r\n]")).allMatch(drawn -> drawn.length() <= 80);
        assertThat(text()).endsWith(" s\n");
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
