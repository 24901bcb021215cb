package io.migrator.cli.command;

import io.migrator.cli.output.Output;
import io.migrator.cli.output.SettingsTable;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.report.RunReport;
import java.util.List;

/** The word {@code config show}: every value and where it comes from. */
public final class ShowConfig {
    private final Output output;

    public ShowConfig(Output output) {
        this.output = output;
    }

    public int show(String name, ResolvedConfig config) {
        output.text(List.of("configVersion " + config.version(), ""));
        output.text(SettingsTable.lines(config.settings()));
        return output.done(
                name,
                "",
                RunReport.parts(
                        "config_version", config.version(), "settings", SettingsTable.facts(config.settings())));
    }
}
