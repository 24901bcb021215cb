package io.migrator.cli.command;

import io.migrator.cli.job.FoundJob;
import io.migrator.cli.job.ParameterCheck;
import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import java.util.List;

/** The program without a word: runs the job that {@code --job=NAME} means. */
final class NamedJob implements Command {
    @Override
    public String word() {
        return "";
    }

    @Override
    public String purpose() {
        return "";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public int run(Run run) {
        List<String> problems = run.problems();
        FoundJob job = null;
        String name = run.words().text("--job");
        if (name == null) {
            problems.add("nothing to do: name a job with --job, or a word such as create, restore or list");
        } else {
            job = run.jobs().named(name, run.words().parameters(), problems);
        }
        if (job != null) {
            ParameterCheck.check(job.job(), job.parameters(), problems);
        }
        return JobStart.of(run, job, problems);
    }
}
