package io.migrator.sink.page;

import io.migrator.record.Fields;
import io.migrator.report.ByteSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a run told at its end, as tables: of each fact that is a list of things one, and of all others one. */
final class FactTables {
    private static final int MOST_COLUMNS = 12;
    /** Told at another place of the report. */
    private static final Set<String> ELSEWHERE = Set.of("message_type", "job", "exit_code", "failure", "message");

    private FactTables() {}

    /** @param title the name of the fact, in words */
    record Table(String title, List<String> header, List<List<String>> rows) {}

    /** Of the lists; the collections first, as they are named first. */
    static List<Table> lists(Map<String, Object> facts) {
        Fields fields = new Fields(facts);
        List<Table> tables = new ArrayList<>();
        for (String name : facts.keySet()) {
            List<Fields> parts = fields.parts(name);
            if (!parts.isEmpty()) {
                Set<String> columns = new LinkedHashSet<>();
                parts.forEach(part -> columns.addAll(part.map().keySet()));
                List<String> header = columns.stream().limit(MOST_COLUMNS).toList();
                tables.add(new Table(
                        heading(name),
                        header.stream().map(FactTables::words).toList(),
                        parts.stream()
                                .map(part -> header.stream()
                                        .map(column -> cell(column, part.map().get(column)))
                                        .toList())
                                .toList()));
            } else if (facts.get(name) instanceof List<?> texts && !texts.isEmpty()) {
                tables.add(new Table(
                        heading(name),
                        List.of(words(name)),
                        texts.stream()
                                .map(text -> List.of(String.valueOf(text)))
                                .toList()));
            }
        }
        return tables;
    }

    static Map<String, String> plain(Map<String, Object> facts) {
        Map<String, String> plain = new LinkedHashMap<>();
        facts.forEach((name, value) -> {
            if (!ELSEWHERE.contains(name) && !(value instanceof List<?>)) {
                plain.put(words(name), cell(name, value));
            }
        });
        return plain;
    }

    private static String heading(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + words(name.substring(1));
    }

    static String words(String name) {
        return name.replace('_', ' ');
    }

    /** Of a part of several, each of its own in turn. */
    private static String parts(Map<?, ?> parts) {
        List<String> told = new ArrayList<>();
        parts.forEach((name, value) -> told.add(cell(String.valueOf(name), value) + " " + words(String.valueOf(name))));
        return String.join(", ", told);
    }

    static String cell(String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return parts(map);
        }
        boolean bytes = name.equals("bytes") || name.endsWith("_bytes") || name.startsWith("bytes_");
        if (value instanceof Long number) {
            boolean id = name.endsWith("_id");
            return bytes
                    ? ByteSize.text((double) number)
                    : id ? String.valueOf(number) : String.format(Locale.ROOT, "%,d", number);
        }
        return value == null ? "" : Times.at(String.valueOf(value));
    }
}
