package io.migrator.reliability;

import io.migrator.lab.Statements;
import io.migrator.launch.ObservedRun;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.request.JobRequest;
import io.migrator.report.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Breaks the n-th statement of a job, or has the process die before or after it, and runs the same again: then all is
 * right and the exit code 0. A statement that commits by itself counts as its commit, so those are among them.
 */
final class StatementRuns {
    private static final int LONGEST_SHOWN = 80;

    private final StatementGround ground;
    private final Journal journal;
    private final List<String> wrong = new ArrayList<>();
    private int rounds;

    StatementRuns(StatementGround ground, Journal journal) {
        this.ground = ground;
        this.journal = journal;
        RunOutcome calm = again(StatementWork.BACKUP.request(ground, StatementWork.CALM));
        if (calm.failure() != null) {
            throw new IllegalStateException(calm.message());
        }
    }

    /** What came out wrong, a line each. */
    List<String> wrong() {
        return wrong;
    }

    int rounds() {
        return rounds;
    }

    /** Breaks each statement of a job in every way: it fails, and the process dies before and after it. */
    void playAll(StatementWork work) {
        int statements = count(work);
        for (int number = 1; number <= statements; number++) {
            for (Statements.How how : Statements.How.values()) {
                play(work, number, how);
            }
        }
    }

    /** How many statements the job has where nothing breaks; each run may have some more or less. */
    private int count(StatementWork work) {
        String round = word(work) + "_0";
        Statements statements = Statements.counted();
        work.prepare(ground, round);
        RunOutcome outcome = run(work, work.request(ground, round), statements);
        if (outcome.failure() != null) {
            throw new IllegalStateException(work + ": " + outcome.message());
        }
        work.requireRight(ground, round);
        work.end(ground, round);
        return statements.seen().size();
    }

    private RunOutcome run(StatementWork work, JobRequest request, Statements statements) {
        Progress progress = work.progress(ground);
        try {
            return ObservedRun.run(request, progress, statements);
        } finally {
            if (progress instanceof VanishingFiles files) {
                files.close();
            }
        }
    }

    /** One round; false where the job has no n-th statement. */
    boolean play(StatementWork work, int number, Statements.How how) {
        String round = "%s_%d_%s".formatted(word(work), number, word(how));
        Statements statements = Statements.broken(number, how);
        work.prepare(ground, round);
        JobRequest request = work.request(ground, round);
        String first = first(work, request, statements);
        boolean hit = statements.hit();
        String fault = "";
        String second = "";
        try {
            if (hit && !first.equals("30") && !first.equals("0")) {
                fault = "ended with " + first + ", not with 30. ";
            }
            if (first.equals("0")) {
                work.requireRight(ground, round);
            }
            RunOutcome again = again(request);
            second = exit(again);
            if (again.failure() != null) {
                fault += "again: " + again.message();
            } else {
                work.requireRight(ground, round);
            }
        } catch (RuntimeException | AssertionError e) {
            fault += String.valueOf(e);
        }
        rounds++;
        note(work, number, how, statements.at(), first, second, fault);
        if (!fault.isEmpty()) {
            wrong.add("%s at '%s': %s".formatted(round, statements.at(), fault));
        }
        work.end(ground, round);
        return hit;
    }

    private static RunOutcome again(JobRequest request) {
        return ObservedRun.run(request, Progress.NONE, Statements.counted());
    }

    private String first(StatementWork work, JobRequest request, Statements statements) {
        try {
            return exit(run(work, request, statements));
        } catch (RuntimeException | Error e) {
            return "1 (" + e + ")";
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String exit(RunOutcome outcome) {
        return String.valueOf(outcome.exitCode());
    }

    private void note(
            StatementWork work, int number, Statements.How how, String at, String first, String second, String fault) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("job", word(work));
        line.put("number", number);
        line.put("how", word(how));
        line.put("at", at.substring(0, Math.min(LONGEST_SHOWN, at.length())));
        line.put("first", first);
        line.put("second", second);
        line.put("result", fault.isEmpty() ? "right" : fault);
        journal.write(line);
    }
}
