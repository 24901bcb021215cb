package io.migrator.config;

import java.util.List;

/**
 * A configuration and where its values came from.
 *
 * @param settings every key that is used, in the order of the documentation
 * @param warnings lines the user should see
 */
public record ResolvedConfig(MigratorConfig config, List<Setting> settings, List<String> warnings) {
    public ResolvedConfig {
        settings = List.copyOf(settings);
        warnings = List.copyOf(warnings);
    }
}
