package io.migrator.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Labels that a user wants on every series: {@code a=b,c=d}. */
final class MetricLabels {
    /** Prometheus' own, and ours. */
    private static final List<String> TAKEN = List.of(
            "job",
            "instance",
            "task",
            "kind",
            "vault",
            "stage",
            "state",
            "transfer",
            "version",
            "java",
            "le",
            "quantile");

    private MetricLabels() {}

    static boolean usable(String text) {
        Set<String> names = new HashSet<>();
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals).strip();
            if (!name.matches("(?!__)[A-Za-z_][A-Za-z0-9_]*") || TAKEN.contains(name) || !names.add(name)) {
                return false;
            }
        }
        return true;
    }
}
