package io.migrator.cli.command.runs;

import static io.migrator.cli.line.Option.option;

import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.WithoutJob;
import io.migrator.cli.output.Amounts;
import io.migrator.cli.output.TextTable;
import io.migrator.record.RecordFolder;
import io.migrator.record.RecordedRun;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The word {@code history}: the runs of this machine, newest last, from their records. Reads no configuration. */
public final class HistoryCommand implements Command {
    private static final String USUAL = "100";
    private static final List<Option> OPTIONS = List.of(
            option("--task", "NAME", "only runs of this job or word"),
            option("-n --number", "N", "how many, the newest; 0 for all; default " + USUAL));

    @Override
    public String word() {
        return "history";
    }

    @Override
    public String purpose() {
        return "tell what was run here, and what became of it: [NAME] [--task NAME] [-n N]";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    /** Of a backup, but none of the vault is looked at. */
    @Override
    public String operand() {
        return "NAME";
    }

    @Override
    public int run(Run run) {
        List<String> problems = run.problems();
        WithoutJob.check(run.words(), problems);
        String number = Objects.requireNonNullElse(run.words().text("-n"), USUAL);
        if (!number.matches("[0-9]{1,9}")) {
            problems.add("-n: '%s' must be a whole number".formatted(number));
        }
        Path state = run.stateFolder();
        run.requireNone(problems);
        String name = run.words().operand();
        int most = Integer.parseInt(number);
        List<RunRow> rows = Records.read(
                state, () -> rows(state, run.words().text("--task"), name, most == 0 ? Integer.MAX_VALUE : most));
        if (!rows.isEmpty()) {
            run.output()
                    .text(TextTable.lines(
                            RunRow.HEADER, rows.stream().map(RunRow::cells).toList()));
        }
        if (name != null && !rows.isEmpty()) {
            run.output().text(List.of(""));
            rows.forEach(row -> run.output().text(List.of(row.told())));
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("runs", rows.stream().map(RunRow::facts).toList());
        return run.output().done("history", message(state, name, rows, most), facts);
    }

    private static List<RunRow> rows(Path state, @Nullable String task, @Nullable String name, int most) {
        RecordFolder folder = new RecordFolder(state);
        List<RunRow> rows = new ArrayList<>();
        Deque<RecordedRun> later = new ArrayDeque<>();
        try (Stream<RecordedRun> runs = task == null ? folder.newestFirst() : folder.newestFirst(task)) {
            runs.filter(one -> name == null || isOf(one, name)).limit(most).forEach(one -> {
                rows.add(RunRow.of(one, later));
                later.addFirst(one);
            });
        }
        Collections.reverse(rows);
        return rows;
    }

    private static boolean isOf(RecordedRun run, String name) {
        return run.name().equals(name)
                || name.equals(run.start().parameters().get("name"))
                || name.equals(run.start().parameters().get("to"));
    }

    private static String message(Path state, @Nullable String name, List<RunRow> rows, int most) {
        if (rows.isEmpty()) {
            return (name == null ? "no run is on record in '%s'" : "no run of '%2$s' is on record in '%1$s'")
                    .formatted(state.resolve("runs"), name);
        }
        return rows.size() == most
                ? "the last %s; -n 0 shows all".formatted(most == 1 ? "run" : Amounts.count(most) + " runs")
                : "";
    }
}
