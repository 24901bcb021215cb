package io.migrator.record;

import java.util.Map;

/**
 * What a run met and got over.
 *
 * @param warnings lines at level warn or worse
 * @param retries requests that were sent again
 * @param refused requests that a server asked to be sent later
 */
public record RunTroubles(long warnings, long retries, long refused) {
    public static final RunTroubles NONE = new RunTroubles(0, 0, 0);

    void addTo(Map<String, Object> line) {
        line.put("warnings", warnings);
        line.put("retries", retries);
        line.put("refused_requests", refused);
    }

    static RunTroubles of(Fields line) {
        return new RunTroubles(line.number("warnings"), line.number("retries"), line.number("refused_requests"));
    }
}
