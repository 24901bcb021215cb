package io.migrator.times;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Puts the table of what the test classes cost into docs/testing.md: {@code ./mvnw verify -Dtest.times=…}, then this. */
final class TimesTable {
    private static final String BEGIN = "<!-- times -->";
    private static final String END = "<!-- /times -->";
    /** Classes that cost less are summed in one row. */
    private static final double LEAST_SECONDS = 5;

    private TimesTable() {}

    /** @param args the folder of the measurements and the page */
    public static void main(String[] args) throws IOException {
        List<Row> rows = read(Path.of(args[0]));
        Path page = Path.of(args[1]);
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(page, text.substring(0, begin) + "\n" + table(rows) + text.substring(text.indexOf(END)));
    }

    private static List<Row> read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(file -> file.toString().endsWith(".csv")).toList();
        }
        List<Row> rows = new ArrayList<>();
        for (Path file : files) {
            List<Instant> starts = StartedProcesses.read(Path.of(file.toString().replaceAll("csv$", "jfr")));
            for (String line : Files.readAllLines(file)) {
                rows.add(Row.of(line, starts));
            }
        }
        rows.sort(Comparator.comparingDouble(Row::seconds).reversed());
        return rows;
    }

    private static String table(List<Row> rows) {
        StringBuilder text =
                new StringBuilder("| class | seconds | processor seconds | processes |\n|---|---|---|---|\n");
        List<Row> small =
                rows.stream().filter(row -> row.seconds < LEAST_SECONDS).toList();
        rows.stream().filter(row -> row.seconds >= LEAST_SECONDS).forEach(row -> text.append(row.line()));
        text.append(sum("%d others".formatted(small.size()), small).line());
        text.append(sum("all %d".formatted(rows.size()), rows).line());
        return text.toString();
    }

    private static Row sum(String name, List<Row> rows) {
        return new Row(
                name,
                rows.stream().mapToDouble(Row::seconds).sum(),
                rows.stream().mapToDouble(Row::processor).sum(),
                rows.stream().mapToInt(Row::processes).sum());
    }

    private record Row(String name, double seconds, double processor, int processes) {
        private static Row of(String line, List<Instant> starts) {
            String[] parts = line.split(",");
            Instant from = Instant.parse(parts[1]);
            Instant to = Instant.parse(parts[2]);
            long processes = starts.stream()
                    .filter(start -> !start.isBefore(from) && start.isBefore(to))
                    .count();
            return new Row(
                    parts[0].replace("io.migrator.", ""),
                    Duration.between(from, to).toMillis() / 1000.0,
                    (Long.parseLong(parts[3]) + Long.parseLong(parts[4])) / 1000.0,
                    (int) processes);
        }

        private String line() {
            return "| %s | %.0f | %.0f | %d |%n".formatted(name, seconds, processor, processes);
        }
    }
}
