package io.migrator.cli.command;

import static io.migrator.cli.line.Option.option;

import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.Words;
import io.migrator.launch.request.JobKind;
import java.util.List;
import java.util.Map;

/** The word {@code expire}: the job {@code expire}, each of its parameters as an option. */
final class ExpireCommand implements Command {
    private static final List<Option> OPTIONS = JobKind.EXPIRE.parameters().stream()
            .map(spec -> option("--" + spec.name(), "VALUE", spec.help()))
            .toList();

    @Override
    public String word() {
        return "expire";
    }

    @Override
    public String purpose() {
        return "delete backups that rules do not keep: --keep-last N --keep-daily N ...";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public JobKind job() {
        return JobKind.EXPIRE;
    }

    @Override
    public int run(Run run) {
        return JobStart.ofWord(run, ExpireCommand::parameters);
    }

    static Map<String, String> parameters(Words words, List<String> problems) {
        JobFlags flags = new JobFlags(words, problems);
        JobKind.EXPIRE.parameters().forEach(spec -> flags.value("--" + spec.name(), spec.name()));
        return flags.parameters();
    }
}
