package io.migrator.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows in columns; a column that holds only numbers stands to the right. */
final class TextTable {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9.,]*( ?[KMGTP]?i?B| s|%)?");

    private TextTable() {}

    /** @param width of its widest cell */
    private record Column(int width, boolean numbers) {
        static Column of(int column, List<String> header, List<List<String>> rows) {
            int width = column < header.size() ? length(header.get(column)) : 0;
            boolean numbers = !rows.isEmpty();
            for (List<String> row : rows) {
                if (column < row.size()) {
                    String text = row.get(column);
                    width = Math.max(width, length(text));
                    numbers = numbers && NUMBER.matcher(text).matches();
                }
            }
            return new Column(width, numbers);
        }

        String cell(String text) {
            String padding = " ".repeat(width - length(text));
            return numbers ? padding + text : text + padding;
        }
    }

    static List<String> lines(List<String> header, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(header);
        all.addAll(rows);
        int widest = all.stream().mapToInt(List::size).max().orElse(0);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < widest; i++) {
            columns.add(Column.of(i, header, rows));
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

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
