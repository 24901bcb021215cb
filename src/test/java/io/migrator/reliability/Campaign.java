package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.process.MigratorProcess;
import io.migrator.process.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One piece of work, struck at its moments until these are used up or it is done, then judged. */
final class Campaign {
    private static final int ONE_IN = 5;
    private static final int GRACE_SECONDS = 20;
    private static final int KILLED = 128 + 9;
    private static final int STOPPED = 4;
    private static final int TERMINATED = 128 + 15;

    private final Ground ground;
    private final Work work;
    private final Random dice;
    private final Journal journal;
    private final List<String> history = new ArrayList<>();
    private int hits;

    Campaign(Ground ground, Work work, Random dice, Journal journal) {
        this.ground = ground;
        this.work = work;
        this.dice = dice;
        this.journal = journal;
    }

    /** What happened so far, a line each. */
    List<String> history() {
        return List.copyOf(history);
    }

    /** Strikes that hit a live process. */
    int hits() {
        return hits;
    }

    /** Plays it; fails where anything is not as it must be. */
    void play(List<Moment> moments, int most) {
        for (Moment moment : moments) {
            boolean term = dice.nextInt(ONE_IN) == 0;
            int exit = strike(moment, term);
            boolean hit = exit == KILLED || (term && (exit == STOPPED || exit == TERMINATED));
            write(moment, term, hit, exit);
            hits += hit ? 1 : 0;
            work.requireHonest();
            assertThat(hit || exit == 0)
                    .as("ended by itself with exit code %d", exit)
                    .isTrue();
            if (hits == most || (exit == 0 && !work.repeats())) {
                break;
            }
        }
        Outcome last = work.desk().runHere(work.words().toArray(String[]::new));
        history.add("last run: exit code " + last.exitCode());
        requireDone(last);
        work.requireRight();
    }

    private void requireDone(Outcome last) {
        // What deleted everything just before it was killed leaves nothing to delete.
        Set<Integer> good = work.job().equals("delete") ? Set.of(0, 10) : Set.of(0);
        assertThat(good)
                .as("exit code of %s after %d strikes%n%s", work.name(), hits, last)
                .contains(last.exitCode());
    }

    private int strike(Moment moment, boolean term) {
        try (MigratorProcess process = work.desk().start(work.jsonWords())) {
            moment.await(process, work);
            if (!term) {
                process.kill();
                return process.end().exitCode();
            }
            long began = System.nanoTime();
            process.terminate();
            int exit = process.end().exitCode();
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began))
                    .as("seconds from SIGTERM to the end")
                    .isLessThanOrEqualTo(GRACE_SECONDS);
            return exit;
        }
    }

    private void write(Moment moment, boolean term, boolean hit, int exit) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("ground", ground.name());
        line.put("job", work.job());
        line.put("round", work.name());
        line.put("step", moment.stage().isEmpty() ? "start" : moment.stage());
        line.put("moment", moment.toString());
        line.put("boundary", moment.boundary());
        line.put("signal", term ? "TERM" : "KILL");
        line.put("hit", hit);
        line.put("exit", exit);
        journal.write(line);
        history.add("%s at %s: exit code %d".formatted(term ? "SIGTERM" : "kill -9", moment, exit));
    }
}
