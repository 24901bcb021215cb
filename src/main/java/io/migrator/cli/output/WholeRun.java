package io.migrator.cli.output;

import io.migrator.report.JobStages;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far the whole run is, guessed by its stages. Says nothing before the stage that most of the time goes into tells how fast it is,
 * and never less than before; no time while a stage has been silent for longer than ever. One thread asks.
 */
final class WholeRun {
    /** No rate is worth much before. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private final String job;
    private final JobStages stages;
    private int percent;
    /** What the whole would take by the stage that tells; null before. */
    private @Nullable Duration all;

    WholeRun(String job, JobStages stages) {
        this.job = job;
        this.stages = stages;
    }

    /**
     * A guess of a moment.
     *
     * @param left null where the stage has been silent for too long to tell
     * @param silence since anything was last done
     */
    record Guess(String job, int percent, @Nullable Duration left, Duration silence) {
        Guess(String job, int percent, Duration left) {
            this(job, percent, left, Duration.ZERO);
        }

        /** Such as {@code backup 62 %, some 3 min left}, or {@code restore 62 %, nothing new for some 4 min}. */
        String text() {
            return left == null
                    ? "%s %d %%, nothing new for %s".formatted(job, percent, rough(silence))
                    : "%s %d %%, %s left".formatted(job, percent, rough(left));
        }

        /** No more exact than it is known. */
        private static String rough(Duration time) {
            long minutes = Math.round(time.toMillis() / 60_000.0);
            if (minutes < 1) {
                return "less than a minute";
            }
            return minutes < 100 ? "some %d min".formatted(minutes) : "some %d h".formatted(Math.round(minutes / 60.0));
        }
    }

    /** Null where nothing can be said. */
    @Nullable
    Guess at(StageState now) {
        if (!stages.has(now.name())) {
            return null;
        }
        Duration left = now.left();
        double weight = stages.weight(now.name());
        if (stages.isMostOfIt(now.name()) && left != null && now.heard().compareTo(SOON) >= 0) {
            all = whole(now, left, weight);
        }
        Duration known = all;
        if (known == null) {
            return null;
        }
        double done = stages.before(now.name()) + weight * now.share();
        percent = Math.max(percent, (int) Math.min(99, 100 * done));
        if (now.silent()) {
            return new Guess(job, percent, null, now.elapsed().minus(now.heard()));
        }
        double after = 1 - stages.before(now.name()) - weight;
        long later = Math.round(known.toMillis() * after);
        long stage = left == null ? Math.round(known.toMillis() * weight * (1 - now.share())) : left.toMillis();
        return new Guess(job, percent, Duration.ofMillis(later + stage));
    }

    /** A run that goes on does only the rest of the stage, and its rate is told by that. */
    private static Duration whole(StageState now, Duration left, double weight) {
        double own = 1 - now.shareBefore();
        double stage = own <= 0 ? 0 : now.heard().plus(left).toMillis() / own;
        return Duration.ofMillis(Math.round(stage / weight));
    }
}
