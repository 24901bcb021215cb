package io.migrator.transfer;

import io.migrator.failure.MigratorException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Why the server did not copy single objects, which were then streamed: each reason is said once, and counted. Safe for many threads. */
final class Refusals {
    /** More reasons than this are no reasons but names of objects. */
    private static final int MOST_REASONS = 10;

    private static final String OTHER = "other reasons";
    private static final Pattern OF_ONE_REQUEST = Pattern.compile(" ?\\(request id [^)]*\\)");

    private final Consumer<String> notes;
    private final Map<String, Long> counts = new TreeMap<>();

    Refusals(Consumer<String> notes) {
        this.notes = notes;
    }

    synchronized void add(MigratorException fault) {
        String reason = OF_ONE_REQUEST.matcher(fault.reason()).replaceAll("");
        String counted = counts.containsKey(reason) || counts.size() < MOST_REASONS ? reason : OTHER;
        if (counts.merge(counted, 1L, Long::sum) == 1) {
            notes.accept("an object goes through this process, because the server did not copy it: " + counted);
        }
    }

    synchronized Map<String, Long> counts() {
        return Map.copyOf(counts);
    }
}
