package io.migrator.cli.command.config;

import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.WithoutJob;
import io.migrator.cli.output.SettingsTable;
import io.migrator.config.Sides;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.report.RunReport;
import java.util.List;

/** The word {@code config show}: every value and where it comes from. */
public final class ConfigShowCommand implements Command {
    private final String word;
    private final String purpose;
    private final List<String> warnings;

    private ConfigShowCommand(String word, String purpose, List<String> warnings) {
        this.word = word;
        this.purpose = purpose;
        this.warnings = warnings;
    }

    public static ConfigShowCommand current() {
        return new ConfigShowCommand(
                "config show", "show the configuration and where each value comes from", List.of());
    }

    /** Milvus-backup's older word for it. */
    public static ConfigShowCommand deprecated(String word) {
        return new ConfigShowCommand(
                word, "", List.of("'%s' is deprecated in milvus-backup; use config show".formatted(word)));
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String purpose() {
        return purpose;
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public int run(Run run) {
        List<String> problems = run.problems();
        WithoutJob.check(run.words(), problems);
        ResolvedConfig config = run.begin(problems, Sides.ALL, null, List.of());
        run.output().text(List.of("configVersion " + config.version(), ""));
        run.output().text(SettingsTable.lines(config.settings()));
        return run.output()
                .done(
                        run.name(),
                        "",
                        RunReport.parts(
                                "config_version",
                                config.version(),
                                "settings",
                                SettingsTable.facts(config.settings())));
    }
}
