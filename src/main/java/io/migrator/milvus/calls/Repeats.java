package io.migrator.milvus.calls;

import io.migrator.config.SecondsProperty;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.report.ResentRequests;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one loop in which a Milvus is asked again, over gRPC as over REST. A server never reached yet is given up soon, one
 * that was reached is given the time of a restart. For many threads.
 */
final class Repeats {
    private static final Logger LOG = LoggerFactory.getLogger(Repeats.class);

    private static final SecondsProperty BUDGET_UNTIL_REACHED =
            new SecondsProperty("migrator.milvus.reachSeconds", Duration.ofSeconds(8));

    private static final Duration BUDGET_ONCE_REACHED = Duration.ofSeconds(60);
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private volatile boolean reached;

    /**
     * What one attempt gave: an answer, or the fault that stands if there is no time for another.
     *
     * @param again whether another attempt may give more
     */
    record Attempt<T>(@Nullable T answer, @Nullable MigratorException fault, boolean again) {
        static <T> Attempt<T> last(T answer) {
            return new Attempt<>(answer, null, false);
        }

        /** An answer that means "later" and is the caller's to judge in the end. */
        static <T> Attempt<T> later(T answer) {
            return new Attempt<>(answer, null, true);
        }

        /** There was no answer, or one that may be another later. */
        static <T> Attempt<T> failed(MigratorException fault) {
            return new Attempt<>(null, fault, true);
        }

        private T end() {
            if (fault != null) {
                throw fault;
            }
            if (answer == null) {
                throw new IllegalStateException("neither answer nor fault");
            }
            return answer;
        }
    }

    /** Takes note that the server was reached. */
    void reach() {
        reached = true;
    }

    /**
     * Attempts until one is the last, or the time is used up. What an attempt throws ends it at once.
     *
     * @param beforeAgain called before each attempt but the first
     */
    <T> T run(Action action, Supplier<Attempt<T>> attempt, Runnable beforeAgain) {
        Backoff backoff =
                new Backoff(reached ? BUDGET_ONCE_REACHED : BUDGET_UNTIL_REACHED.value(), FIRST_WAIT, LONGEST_WAIT);
        while (true) {
            Attempt<T> tried = attempt.get();
            if (!tried.again() || !backoff.hasTime()) {
                return tried.end();
            }
            ResentRequests.told(tried.fault() != null && tried.fault().failure() == Failure.THROTTLED);
            LOG.debug("Trying again to {} {}", action.verb(), action.thing(), tried.fault());
            backoff.sleep(action);
            beforeAgain.run();
        }
    }
}
