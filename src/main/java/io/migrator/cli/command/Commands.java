package io.migrator.cli.command;

import io.migrator.cli.command.config.ConfigMigrateCommand;
import io.migrator.cli.command.config.ConfigShowCommand;
import io.migrator.cli.command.runs.HistoryCommand;
import io.migrator.cli.command.runs.MetricsCommand;
import io.migrator.cli.command.runs.ReportCommand;
import io.migrator.cli.command.runs.RunsCommand;
import io.migrator.cli.command.runs.WorkerCommand;
import io.migrator.cli.line.CommandTable;
import java.util.List;

/** The commands that there are. */
public final class Commands {
    public static final CommandTable TABLE = new CommandTable(
            new NamedJob(),
            List.of(
                    new CreateCommand(),
                    new RestoreCommand(),
                    new VerifyCommand(),
                    new ListCommand(),
                    new HistoryCommand(),
                    new ReportCommand(),
                    new GetCommand(),
                    new DeleteCommand(),
                    new ExpireCommand(),
                    new ExportCommand(),
                    new HoldCommand(),
                    new ReleaseCommand(),
                    new CoverageCommand(),
                    new MetricsCommand(),
                    new WorkerCommand(),
                    new RunsCommand(),
                    new CheckCommand(),
                    ConfigShowCommand.current(),
                    new ConfigMigrateCommand(),
                    new CompletionCommand(),
                    new HelpCommand(),
                    ConfigShowCommand.deprecated("check config"),
                    ConfigShowCommand.deprecated("check backup_yaml"),
                    RefusedCommand.SECONDARY,
                    RefusedCommand.L0COMPACT,
                    RefusedCommand.MIGRATE,
                    RefusedCommand.SERVER));

    private Commands() {}
}
