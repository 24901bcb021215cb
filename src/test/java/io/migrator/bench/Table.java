package io.migrator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The lines of the benchmark, printed as a Markdown table. */
final class Table {
    private static final List<String> HEAD = List.of("what", "measured", "target", "runs", "CPU s", "peak MiB");

    private final List<List<String>> rows = new ArrayList<>();

    void add(String what, String measured, String target, Measured runs) {
        long peak = runs.peakMiB();
        rows.add(List.of(
                what,
                measured,
                target,
                String.valueOf(runs.count()),
                "%.1f".formatted(runs.cpuSeconds()),
                peak < 0 ? "?" : String.valueOf(peak)));
    }

    @Override
    public String toString() {
        List<List<String>> all = new ArrayList<>(rows);
        all.add(0, HEAD);
        int[] widths = IntStream.range(0, HEAD.size())
                .map(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        all.add(1, IntStream.of(widths).mapToObj("-"::repeat).toList());
        StringBuilder text = new StringBuilder();
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                text.append("| ")
                        .append(row.get(i))
                        .append(" ".repeat(widths[i] - row.get(i).length() + 1));
            }
            text.append("|\n");
        }
        return text.toString();
    }
}
