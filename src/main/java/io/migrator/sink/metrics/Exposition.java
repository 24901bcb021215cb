package io.migrator.sink.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Samples in Prometheus' text format, each name with its type once. Without times: a file that has one is dropped whole. */
public final class Exposition {
    private Exposition() {}

    /** Ends with a line end, as its readers demand. */
    public static String of(List<Sample> samples) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        samples.forEach(sample ->
                lines.computeIfAbsent(sample.name(), name -> new ArrayList<>()).add(sample.line()));
        return text(lines);
    }

    /** @param lines by name */
    static String text(Map<String, List<String>> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach((name, all) -> {
            text.append("# TYPE ").append(name).append(" gauge\n");
            all.forEach(line -> text.append(line).append('\n'));
        });
        return text.toString();
    }
}
