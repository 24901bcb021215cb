package io.migrator.cli;

import io.migrator.report.RunReport;
import io.migrator.config.ResolvedConfig;
import java.util.List;

/** The word {@code config show}: every value and where it comes from. */
final class ShowConfig {
    private final Output output;

    ShowConfig(Output output) {
        this.output = output;
    }

    int show(String name, ResolvedConfig config) {
        output.text(List.of("configVersion " + config.version(), ""));
        output.text(SettingsTable.lines(config.settings()));
        return output.done(
                name,
                "",
                RunReport.parts("config_version", config.version(), "settings", SettingsTable.facts(config.settings())));
    }
}
