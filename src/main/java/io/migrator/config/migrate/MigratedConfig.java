package io.migrator.config.migrate;

import java.util.List;

/**
 * A configuration in its v2 form.
 *
 * @param yaml the whole file, secrets as they were
 * @param report what changed its name or meaning, was dropped, or has to be done by hand; one line each
 * @param problems why it is not a valid v2 configuration; empty where it is
 */
public record MigratedConfig(String yaml, List<String> report, List<String> problems) {
    public MigratedConfig {
        report = List.copyOf(report);
        problems = List.copyOf(problems);
    }
}
