package io.migrator.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns; a column that holds only numbers stands to the right. */
final class TextTable {
    private static final String NUMBER = "-?[0-9][0-9.,]*( ?[KMGTP]?i?B| s|%)?";

    private TextTable() {}

    static List<String> lines(List<String> header, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(header);
        all.addAll(rows);
        List<String> lines = new ArrayList<>();
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(column == 0 ? "" : "  ").append(cell(row.get(column), column, all, rows));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String cell(String text, int column, List<List<String>> all, List<List<String>> rows) {
        int width = 0;
        for (List<String> row : all) {
            width = column < row.size() ? Math.max(width, length(row.get(column))) : width;
        }
        boolean numbers = !rows.isEmpty()
                && rows.stream()
                        .allMatch(row -> column >= row.size() || row.get(column).matches(NUMBER));
        String padding = " ".repeat(width - length(text));
        return numbers ? padding + text : text + padding;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
