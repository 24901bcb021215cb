package io.migrator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.config.ConfigLocation;
import io.migrator.launch.RunOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A command line within this process, without an environment, and what it printed. */
final class CliRun {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** @param outcome of every job that is begun */
    int run(Path folder, RunOutcome outcome, String... words) {
        return new Cli(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of(),
                        new ConfigLocation(folder, null),
                        0,
                        (request, progress) -> outcome)
                .run(words);
    }

    /** Forgets what was printed on standard output. */
    void forget() {
        out.reset();
    }

    String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    List<String> errors() {
        return err.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.contains("no configuration file found"))
                .toList();
    }

    /** The last line as JSON. */
    JsonNode summary() {
        List<String> lines = text().lines().toList();
        try {
            return new ObjectMapper().readTree(lines.get(lines.size() - 1));
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + lines, e);
        }
    }
}
