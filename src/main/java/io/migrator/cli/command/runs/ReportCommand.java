package io.migrator.cli.command.runs;

import static io.migrator.cli.line.Option.option;

import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.WithoutJob;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.record.RecordFolder;
import io.migrator.record.RecordedRun;
import io.migrator.sink.page.HtmlReport;
import io.migrator.sink.page.JunitReport;
import io.migrator.sink.page.MarkdownReport;
import io.migrator.sink.page.ReportFile;
import io.migrator.sink.page.RunStory;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The word {@code report}: a run of this machine as a page, from its record. Reads no configuration. */
public final class ReportCommand implements Command {
    private static final List<Option> OPTIONS = List.of(
            option("-o --file", "FILE", "write it there; without it to standard output"),
            option("--format", "FORM", "html (default), junit or md").among("html", "junit", "md"),
            option("--task", "NAME", "the last run of this job or word"));

    @Override
    public String word() {
        return "report";
    }

    @Override
    public String purpose() {
        return "make a page of a run that was: [RUN] [-o FILE] [--format html|junit|md] [--task NAME]";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    /** A run's id or its begin, or the name of a backup. */
    @Override
    public String operand() {
        return "RUN";
    }

    @Override
    public int run(Run run) {
        List<String> problems = run.problems();
        WithoutJob.check(run.words(), problems);
        String format = Objects.requireNonNullElse(run.words().text("--format"), "html");
        if (!List.of("html", "junit", "md").contains(format)) {
            problems.add("--format: '%s' must be html, junit or md".formatted(format));
        }
        String named = run.words().text("-o");
        if (named != null && named.isBlank()) {
            problems.add("-o: must not be empty");
        }
        RecordFolder folder = new RecordFolder(run.stateFolder());
        run.requireNone(problems);
        RunStory story = story(folder, run.words().operand(), run.words().text("--task"), run.stateFolder());
        String text =
                switch (format) {
                    case "junit" -> JunitReport.of(story);
                    case "md" -> MarkdownReport.of(story);
                    default -> HtmlReport.of(story, ZoneId.systemDefault());
                };
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("run_id", story.record().run().start().runId());
        facts.put("format", format);
        if (named == null) {
            facts.put("report", text);
            run.output().text(text.lines().toList());
            return run.output().done("report", "", facts);
        }
        try {
            Path file = Path.of(named).toAbsolutePath();
            ReportFile.write(file, text);
            facts.put("file", file.toString());
            return run.output().done("report", "the report is in " + file, facts);
        } catch (InvalidPathException e) {
            throw new MigratorException(Failure.USAGE, "-o: this system cannot name such a file: " + e.getReason(), e);
        } catch (IOException e) {
            throw new MigratorException(
                    Failure.USAGE, e.getMessage() + ". Name a file in a folder that this user may write with -o.", e);
        }
    }

    private static RunStory story(RecordFolder folder, @Nullable String wanted, @Nullable String task, Path state) {
        Optional<RunStory> story =
                Records.read(state, () -> (task == null ? folder.newestFirst() : folder.newestFirst(task))
                        .filter(one -> wanted == null || isIt(one, wanted))
                        .findFirst()
                        .flatMap(one -> RunStory.of(folder, one)));
        return story.orElseThrow(() -> MigratorException.unable(
                Failure.NOT_FOUND,
                "report",
                wanted == null ? "the last run" : wanted,
                "there is no record of such a run in " + state.resolve("runs"),
                "See history for the runs that there are."));
    }

    private static boolean isIt(RecordedRun run, String wanted) {
        return run.start().runId().startsWith(wanted)
                || run.start().startedAt().toString().startsWith(wanted)
                // As the history and the report itself tell it.
                || run.start()
                        .startedAt()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString()
                        .equals(wanted)
                || run.name().equals(wanted);
    }
}
