package io.migrator.cli.command;

import static io.migrator.cli.line.Option.option;

import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.Words;
import io.migrator.launch.request.JobKind;
import java.util.List;
import java.util.Map;

/** The word {@code export}: the job {@code export}, with options in place of parameters. */
final class ExportCommand implements Command {
    private static final List<Option> OPTIONS = List.of(
            CommonOptions.NAME,
            option("--to", "NAME", "name of the copy; default <name>_full"),
            option(
                    "--collection",
                    "NAMES",
                    "collections of the backup: coll, db.coll, db.*, comma separated; default all"));

    @Override
    public String word() {
        return "export";
    }

    @Override
    public String purpose() {
        return "copy a backup, also into another vault: BACKUP [--to NAME] [--target-config FILE]";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public String operand() {
        return "BACKUP";
    }

    @Override
    public JobKind job() {
        return JobKind.EXPORT;
    }

    @Override
    public int run(Run run) {
        return JobStart.ofWord(run, ExportCommand::parameters);
    }

    static Map<String, String> parameters(Words words, List<String> problems) {
        JobFlags flags = new JobFlags(words, problems);
        flags.value("-n", "name");
        flags.value("--to", "to");
        flags.value("--collection", "collection");
        return flags.parameters();
    }
}
