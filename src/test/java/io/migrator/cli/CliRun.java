package io.migrator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.cli.line.Terminal;
import io.migrator.config.read.ConfigLocation;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.request.JobRequest;
import io.migrator.report.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A command line within this process, and what it printed. */
public final class CliRun {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** @param outcome of every job that is begun */
    int run(Path folder, RunOutcome outcome, String... words) {
        return run(folder, Map.of(), (request, progress) -> outcome, words);
    }

    /** @param folder where it is given */
    public int run(
            Path folder,
            Map<String, String> environment,
            BiFunction<JobRequest, Progress, RunOutcome> jobs,
            String... words) {
        return new Cli(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        withState(folder, environment),
                        new ConfigLocation(folder, null),
                        Terminal.NONE,
                        jobs)
                .run(words);
    }

    /** What runs leave behind lies in the folder, never in this user's own. */
    private static Map<String, String> withState(Path folder, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("MIGRATOR_STATE_DIR", folder.resolve("state").toString());
        return all;
    }

    /** Forgets what was printed on standard output. */
    public void forget() {
        out.reset();
    }

    public String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What was printed on standard error. */
    public String errorText() {
        return err.toString(StandardCharsets.UTF_8);
    }

    List<String> errors() {
        return errorText()
                .lines()
                .filter(line -> !line.contains("no configuration file found") && !line.contains(": configuration: "))
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
