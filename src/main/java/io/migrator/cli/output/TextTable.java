package io.migrator.cli.output;

import io.migrator.failure.KnownSecrets;
import io.migrator.failure.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows in columns; a column that holds only numbers stands to the right. */
public final class TextTable {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9.,]*( ?[KMGTP]?i?B| s|%)?");

    /** What is longer stands out of its column: it may be a text of a vault of any length, and each row would be as long. */
    private static final int WIDEST = 200;

    private TextTable() {}

    /** @param width of its widest cell */
    private record Column(int width, boolean numbers) {
        static Column of(int column, List<String> header, List<List<String>> rows) {
            int width = column < header.size() ? Math.min(WIDEST, length(header.get(column))) : 0;
            boolean numbers = !rows.isEmpty();
            for (List<String> row : rows) {
                if (column < row.size()) {
                    String text = row.get(column);
                    width = Math.max(width, Math.min(WIDEST, length(text)));
                    numbers = numbers && NUMBER.matcher(text).matches();
                }
            }
            return new Column(width, numbers);
        }

        String cell(String text) {
            String padding = " ".repeat(Math.max(0, width - length(text)));
            return numbers ? padding + text : text + padding;
        }
    }

    /** Cells may be names of others: whatever they hold, each row is one line. */
    public static List<String> lines(List<String> header, List<List<String>> rows) {
        List<String> titles = printable(header);
        List<List<String>> cells = rows.stream().map(TextTable::printable).toList();
        List<List<String>> all = new ArrayList<>();
        all.add(titles);
        all.addAll(cells);
        int widest = all.stream().mapToInt(List::size).max().orElse(0);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < widest; i++) {
            columns.add(Column.of(i, titles, cells));
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(i == 0 ? "" : "  ").append(columns.get(i).cell(row.get(i)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static List<String> printable(List<String> cells) {
        return cells.stream()
                .map(cell -> Printable.text(KnownSecrets.ofThisProcess().masked(cell)))
                .toList();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
