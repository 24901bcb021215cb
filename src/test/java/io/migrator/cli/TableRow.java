package io.migrator.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A line of the table in docs/milvus-backup.md.
 *
 * @param names what stands between backticks in the first cell
 * @param does the cell of what migrator does
 */
public record TableRow(String kind, List<String> names, String does, String example) {
    private static final Path DOCUMENT = Path.of("docs", "milvus-backup.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    public static List<TableRow> all() {
        try (Stream<String> lines = Files.lines(DOCUMENT)) {
            return lines.filter(line -> line.startsWith("| ") && line.split(" \\| ", -1).length == 6)
                    .skip(1)
                    .map(TableRow::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TableRow of(String line) {
        String[] cells = line.substring(2).split(" \\| ", -1);
        String first = cells[0];
        String kind = first.startsWith("v1 ") ? "v1" : first.startsWith("v2 ") ? "v2" : "word";
        return new TableRow(kind, code(first), cells[4], code(cells[5]).get(0));
    }

    private static List<String> code(String cell) {
        Matcher code = CODE.matcher(cell);
        List<String> found = new ArrayList<>();
        while (code.find()) {
            found.add(code.group(1));
        }
        return found;
    }

    /** The parameters that the line says it becomes. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        code(does).stream().filter(word -> word.matches("[a-z-]+=.+")).forEach(word -> {
            int equals = word.indexOf('=');
            parameters.put(word.substring(0, equals), word.substring(equals + 1));
        });
        return parameters;
    }

    public boolean warns() {
        return does.contains("with a warning") && !does.contains("taken as 1");
    }

    public int exitCode() {
        Matcher refused = Pattern.compile("^refused with (\\d+)").matcher(does);
        return refused.find() ? Integer.parseInt(refused.group(1)) : 0;
    }

    /** The example with each of the spellings of its flag. */
    public List<List<String>> spellings() {
        List<String> words = List.of(example.split(" ", -1));
        List<String> flags = names.stream()
                .map(name -> name.replaceAll("^.* (?=-)", ""))
                .filter(name -> name.startsWith("-"))
                .toList();
        List<List<String>> spellings = new ArrayList<>(List.of(words));
        if (exitCode() == 0 && flags.stream().filter(words::contains).count() == 1) {
            for (String flag : flags) {
                spellings.add(words.stream()
                        .map(word -> flags.contains(word) ? flag : word)
                        .toList());
            }
        }
        return spellings;
    }

    /** The example of a configuration: values by dotted key. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String pair : example.split("; ", -1)) {
            int colon = pair.indexOf(": ");
            settings.put(pair.substring(0, colon), pair.substring(colon + 2));
        }
        return settings;
    }

    @Override
    public String toString() {
        return names + " " + example;
    }
}
