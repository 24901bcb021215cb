package io.migrator.cli.command;

import static io.migrator.cli.line.Option.option;

import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.Words;
import io.migrator.launch.request.JobKind;
import java.util.List;
import java.util.Map;

/** The word {@code verify}: the job {@code verify}, with options in place of parameters. */
final class VerifyCommand implements Command {
    private static final List<Option> OPTIONS = List.of(
            CommonOptions.NAME,
            option("--mode", "MODE", "fast looks at listings and metas, deep reads every byte; default fast")
                    .among("fast", "deep"),
            option("--subset", "SHARE", "with --mode=deep: n/m, the n-th of m shares, or x%, a random sample"));

    @Override
    public String word() {
        return "verify";
    }

    @Override
    public String purpose() {
        return "prove that a backup is whole: BACKUP [--mode deep] [--subset 1/7]";
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
        return JobKind.VERIFY;
    }

    @Override
    public int run(Run run) {
        return JobStart.ofWord(run, VerifyCommand::parameters);
    }

    static Map<String, String> parameters(Words words, List<String> problems) {
        JobFlags flags = new JobFlags(words, problems);
        flags.value("-n", "name");
        flags.value("--mode", "mode");
        flags.value("--subset", "subset");
        return flags.parameters();
    }
}
