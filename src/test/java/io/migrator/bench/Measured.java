package io.migrator.bench;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs of the same command, and what they have in common: medians. */
final class Measured {
    private static final Pattern STAGE = Pattern.compile(
            "\"stage\":\\s*\"([^\"]+)\",\\s*\"state\":\\s*\"done\",\\s*\"objects_done\":\\s*(\\d+).*\"seconds_elapsed\":\\s*([0-9.]+)");

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
            Matcher stage = STAGE.matcher(line);
            if (stage.find()) {
                stages.put(stage.group(1), Double.valueOf(stage.group(3)));
                if (stage.group(1).equals("copy")) {
                    objects = Long.parseLong(stage.group(2));
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
