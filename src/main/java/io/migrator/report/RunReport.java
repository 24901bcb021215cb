package io.migrator.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what a run has to say at its end. Values are strings, numbers, booleans, or lists and maps of those. */
public final class RunReport {
    /** The fact under which a run that did its work lists what it could not prove; it then ends with exit code 3. */
    public static final String UNPROVEN = "unproven";

    /** The fact under which a restore lists collections that its backup was to have and has not; exit code 3, too. */
    public static final String LACKING = "missing_in_backup";

    /** The fact under which a run that did its work lists what it left alone, and why; exit code 3, too. */
    public static final String SKIPPED = "skipped";

    private final Map<String, Object> facts = new LinkedHashMap<>();
    private final List<Table> tables = new ArrayList<>();

    /** A table for people; its cells are also in the facts where a program may want them. */
    public record Table(String title, List<String> header, List<List<String>> rows) {}

    /** A fact of several parts, in the order in which they are given: names and values in turn. */
    public static Map<String, Object> parts(Object... namesAndValues) {
        Map<String, Object> parts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parts.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return parts;
    }

    public synchronized void fact(String name, Object value) {
        facts.put(name, value);
    }

    /** Adds to a number that is 0 at first. */
    public synchronized void add(String name, long amount) {
        facts.merge(name, amount, (old, more) -> (Long) old + (Long) more);
    }

    /** Takes a fact back; false where there was none. */
    public synchronized boolean remove(String name) {
        return facts.remove(name) != null;
    }

    public synchronized void table(Table table) {
        tables.add(table);
    }

    public synchronized Map<String, Object> facts() {
        return new LinkedHashMap<>(facts);
    }

    public synchronized List<Table> tables() {
        return List.copyOf(tables);
    }
}
