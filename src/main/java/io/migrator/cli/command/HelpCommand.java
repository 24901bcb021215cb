package io.migrator.cli.command;

import io.migrator.cli.help.HelpText;
import io.migrator.cli.job.FoundJob;
import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The word {@code help}, and the option {@code --help} of all others. */
public final class HelpCommand implements Command {
    @Override
    public String word() {
        return "help";
    }

    @Override
    public String purpose() {
        return "show this help; with another word, that word's options";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public boolean takesWord() {
        return true;
    }

    @Override
    public int run(Run run) {
        List<String> problems = new ArrayList<>(run.words().problems());
        String job = run.words().text("--job");
        if (job == null) {
            run.requireNone(problems);
            Command wanted = run.words().helpWanted();
            return run.output()
                    .plain(
                            wanted == null
                                    ? HelpText.program(
                                            run.words().table(), run.jobs().known())
                                    : HelpText.word(wanted));
        }
        FoundJob found = run.jobs().named(job, Map.of(), problems);
        run.requireNone(problems);
        if (found == null) {
            throw new IllegalStateException("no job and no problem");
        }
        return run.output().plain(HelpText.job(job, found.job()));
    }
}
