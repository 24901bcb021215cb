package io.migrator.config.read;

import io.migrator.config.MigratorConfig;
import io.migrator.config.outside.OutsideConfig;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A configuration and where its values came from.
 *
 * @param version form of the file: {@code v1} or {@code v2}
 * @param outside what is told outside of runs
 * @param settings every key that is used, in the order of the documentation
 * @param parameters job parameters that the file sets for jobs whose command does not
 * @param warnings lines the user should see
 * @param alarms warnings that nothing silences
 * @param wording turns a message that names keys of v1 into one that names those of this version
 */
public record ResolvedConfig(
        String version,
        MigratorConfig config,
        OutsideConfig outside,
        List<Setting> settings,
        Map<String, String> parameters,
        List<String> warnings,
        List<String> alarms,
        UnaryOperator<String> wording) {
    public ResolvedConfig {
        settings = List.copyOf(settings);
        parameters = Map.copyOf(parameters);
        warnings = List.copyOf(warnings);
        alarms = List.copyOf(alarms);
    }
}
