package io.migrator.cli.command;

import io.migrator.cli.help.Completion;
import io.migrator.cli.line.Command;
import io.migrator.cli.line.CommandModel;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.WithoutJob;
import java.util.List;

/** The word {@code completion}: prints what makes a shell complete the command line. */
final class CompletionCommand implements Command {
    private static final List<String> SHELLS = List.of("bash", "zsh");

    @Override
    public String word() {
        return "completion";
    }

    @Override
    public String purpose() {
        return "print a script that completes words, options and parameters: bash or zsh";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public String operand() {
        return "bash|zsh";
    }

    @Override
    public List<String> candidates() {
        return SHELLS;
    }

    @Override
    public int run(Run run) {
        List<String> problems = run.problems();
        WithoutJob.check(run.words(), problems);
        String shell = run.words().operand();
        if (shell == null) {
            problems.add("'completion' needs the name of a shell: completion bash, or completion zsh");
        } else if (!SHELLS.contains(shell)) {
            problems.add("completion: '%s' must be bash or zsh".formatted(shell));
        }
        run.requireNone(problems);
        return run.output()
                .plain(Completion.script(CommandModel.whole(run.words().table())));
    }
}
