package io.migrator.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.migrator.demo.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Runs of the same command, and what they have in common: medians. */
final class Measured {
    private static final JsonMapper JSON = new JsonMapper();

    private final List<Run> runs = new ArrayList<>();

    /**
     * One run.
     *
     * @param stages seconds that each stage took, from the program's own progress
     * @param objects objects that the stage {@code copy} copied
     */
    private record Run(Program.Run process, Map<String, Double> stages, long objects) {}

    /** Takes in a run whose output, progress as JSON, is in the file. */
    void add(Program.Run run, Path output) throws IOException {
        if (run.exitCode() != 0) {
            throw new IllegalStateException("exit code " + run.exitCode() + ":\n" + Files.readString(output));
        }
        Map<String, Double> stages = new LinkedHashMap<>();
        long objects = 0;
        for (String line : Files.readAllLines(output)) {
            // Other programs' lines are no JSON, and their stages nobody knows.
            JsonNode stage = line.startsWith("{") ? JSON.readTree(line) : JSON.createObjectNode();
            if (stage.path("state").asText().equals("done")) {
                stages.put(
                        stage.path("stage").asText(),
                        stage.path("seconds_elapsed").asDouble());
                if (stage.path("stage").asText().equals("copy")) {
                    objects = stage.path("objects_done").asLong();
                }
            }
        }
        runs.add(new Run(run, stages, objects));
    }

    int count() {
        return runs.size();
    }

    double seconds() {
        return median(run -> run.process().took().toNanos() / 1e9);
    }

    double cpuSeconds() {
        return median(run -> run.process().cpu().toNanos() / 1e9);
    }

    /** The highest of all runs. */
    long peakMiB() {
        return runs.stream().mapToLong(run -> run.process().peakKiB()).max().orElse(-1) / 1024;
    }

    double stage(String name) {
        return median(run -> run.stages().getOrDefault(name, Double.NaN));
    }

    double copiedPerSecond() {
        return median(run -> run.objects() / run.stages().getOrDefault("copy", Double.NaN));
    }

    /** Median seconds of every stage and of what is outside all of them: start and end of the process. */
    String breakdown() {
        StringBuilder text = new StringBuilder();
        double inside = 0;
        for (String stage : runs.get(0).stages().keySet()) {
            inside += stage(stage);
            text.append("%s %.1f, ".formatted(stage, stage(stage)));
        }
        return text.append("start and end of the process %.1f".formatted(seconds() - inside))
                .toString();
    }

    private double median(ToDoubleFunction<Run> value) {
        List<Double> values = runs.stream()
                .map(value::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList();
        return values.get((values.size() - 1) / 2);
    }
}
