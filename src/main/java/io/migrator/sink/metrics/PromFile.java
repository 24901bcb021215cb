package io.migrator.sink.metrics;

import io.migrator.sink.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of series as this program writes it: the lines by the names of their gauges. */
public final class PromFile {
    /** What node_exporter reads. */
    static final String ENDING = ".prom";

    private static final Pattern LINE = Pattern.compile("(migrator_[a-z_]+)(\\{.*})? [-+0-9.eE]{1,40}");

    private final Map<String, List<String>> lines;
    /** Those of others in the same file, which stay as they are. */
    private final Map<String, List<String>> foreign;

    private PromFile(Map<String, List<String>> lines, Map<String, List<String>> foreign) {
        this.lines = lines;
        this.foreign = foreign;
    }

    /**
     * Writes the file anew with its lines of these labels changed and those of others as they are: one after the other where several
     * runs do so at once.
     */
    static void change(Path file, Map<String, String> labels, UnaryOperator<PromFile> change) throws IOException {
        change(file, labels, change, FileTurn.LONGEST);
    }

    /** @param longest how long it waits for others */
    static void change(Path file, Map<String, String> labels, UnaryOperator<PromFile> change, Duration longest)
            throws IOException {
        try (FileTurn turn = FileTurn.of(file, longest)) {
            change.apply(of(turn.text(), labels)).write(file);
        }
    }

    private static PromFile of(String text, Map<String, String> labels) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        Map<String, List<String>> foreign = new LinkedHashMap<>();
        String begin = "{" + Sample.written(labels);
        for (String line : text.split("\n", -1)) {
            Matcher parts = LINE.matcher(line);
            String written = parts.matches() && parts.group(2) != null ? parts.group(2) : "";
            boolean own = written.equals(begin + "}") || written.startsWith(begin + ",");
            if (parts.matches()) {
                (own ? lines : foreign)
                        .computeIfAbsent(parts.group(1), name -> new ArrayList<>())
                        .add(line);
            }
        }
        return new PromFile(lines, foreign);
    }

    /** One of these alone. */
    public static PromFile of(List<Sample> samples) {
        return new PromFile(new LinkedHashMap<>(), new LinkedHashMap<>()).with(samples, "");
    }

    boolean has(String begin) {
        return lines.keySet().stream().anyMatch(name -> name.startsWith(begin));
    }

    /**
     * The same with these in place of those of their names.
     *
     * @param without what begins with this is left out; empty for nothing
     */
    PromFile with(List<Sample> samples, String without) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        samples.forEach(sample ->
                all.computeIfAbsent(sample.name(), name -> new ArrayList<>()).add(sample.line()));
        lines.forEach((name, old) -> {
            if (without.isEmpty() || !name.startsWith(without)) {
                all.putIfAbsent(name, old);
            }
        });
        return new PromFile(all, foreign);
    }

    private Map<String, List<String>> all() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        lines.forEach((name, own) ->
                all.computeIfAbsent(name, any -> new ArrayList<>()).addAll(own));
        foreign.forEach((name, others) ->
                all.computeIfAbsent(name, any -> new ArrayList<>()).addAll(others));
        return all;
    }

    /** Whole or not at all, to be read by other users: node_exporter is one. */
    public void write(Path file) throws IOException {
        WholeFile.write(file, Exposition.text(all()), "rw-r--r--");
    }
}
