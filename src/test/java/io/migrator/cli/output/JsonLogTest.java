package io.migrator.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.config.LogConfig;
import io.migrator.failure.KnownSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Log lines that programs collect: one object each, whatever is in them. */
class JsonLogTest {
    private static final String SECRET = "sesame-of-the-log-of-objects";

    @TempDir
    Path folder;

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger log = LoggerFactory.getLogger("io.migrator.example");
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("m.log");
    }

    @AfterEach
    void logAsBefore() {
        context.reset();
        new Logging().configure(context);
    }

    private void start(boolean json, boolean debug, String label) {
        Logging.start(new LogConfig("info", false, json, file.toString(), 1, 1, 1), debug, label);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file);
    }

    private static JsonNode json(String line) throws IOException {
        return new ObjectMapper().readTree(line);
    }

    @Test
    void sayOfWhichRunAndStageTheyAre() throws IOException {
        start(true, false, "scheduled__2026");
        log.info("before");
        try (LiveProgress progress = new LiveProgress(ProgressView.NONE, Duration.ofSeconds(10))) {
            progress.stage("copy", 1, 1);
            log.warn("within");
        }
        log.info("after");

        assertThat(lines()).hasSize(3);
        JsonNode within = json(lines().get(1));
        assertThat(within.path("level").asText()).isEqualTo("WARN");
        assertThat(within.path("logger").asText()).isEqualTo("io.migrator.example");
        assertThat(within.path("message").asText()).isEqualTo("within");
        assertThat(within.path("run_label").asText()).isEqualTo("scheduled__2026");
        assertThat(within.path("stage").asText()).isEqualTo("copy");
        assertThat(Instant.parse(within.path("time").asText())).isBefore(Instant.now());
        assertThat(json(lines().get(0)).has("stage")).isFalse();
        assertThat(json(lines().get(2)).has("stage")).isFalse();
    }

    @Test
    void areOneLineWhateverTheyQuoteAndHoldNoSecret() throws IOException {
        KnownSecrets.ofThisProcess().learn(SECRET);
        start(true, true, "");
        log.warn("a \"quote\",\nanother {\"line\": 1}, {} and \u001b[31m", SECRET);
        log.warn("failed", new IOException("of " + SECRET + "\nand more"));

        assertThat(lines()).hasSize(2).noneMatch(line -> line.contains(SECRET) || line.contains("\u001b"));
        assertThat(json(lines().get(0)).path("message").asText())
                .isEqualTo("a \"quote\",\nanother {\"line\": 1}, **** and \u001b[31m");
        assertThat(json(lines().get(1)).path("trace").asText()).contains("IOException", "of ****");
    }

    @Test
    void noTraceWithoutDebug() throws IOException {
        start(true, false, "");
        log.warn("failed", new IOException("of it"));

        assertThat(json(lines().get(0)).has("trace")).isFalse();
    }

    @Test
    void linesOfTextHaveTheLabelToo() throws IOException {
        start(false, false, "nightly 7");
        log.info("said");
        assertThat(lines()).singleElement().asString().endsWith("INFO  example: [nightly 7] said");
    }

    @Test
    void withoutALabelTheyAreAsTheyWere() throws IOException {
        start(false, false, "");
        log.info("said");
        assertThat(lines()).singleElement().asString().endsWith("INFO  example: said");
    }
}
