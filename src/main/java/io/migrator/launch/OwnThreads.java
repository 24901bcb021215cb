package io.migrator.launch;

import io.migrator.batch.RemoteSteps.Course;
import io.migrator.batch.StopSignal;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What a run does itself of the work that it shares: ends with the run, and the run with it where it fails. */
final class OwnThreads implements AutoCloseable {
    private final StopSignal stop = new StopSignal();
    private final Thread thread;
    private volatile @Nullable Throwable fault;

    private OwnThreads(Consumer<StopSignal> work) {
        this.thread = new Thread(
                () -> {
                    try {
                        work.accept(stop);
                    } catch (RuntimeException | Error e) {
                        fault = e;
                    }
                },
                "own-workers");
        thread.setDaemon(true);
    }

    /** @param work returns once it is told to stop */
    static OwnThreads begin(Consumer<StopSignal> work) {
        OwnThreads own = new OwnThreads(work);
        own.thread.start();
        return own;
    }

    /** The same, and fails where this has: a run that counts on its own threads would wait for others for ever. */
    Course watched(Course course) {
        return new Course() {
            @Override
            public void require() {
                course.require();
                requireWell();
            }

            @Override
            public void done(long objects, long bytes) {
                course.done(objects, bytes);
            }

            @Override
            public void ended(String transfer, Map<String, Long> refused) {
                course.ended(transfer, refused);
            }
        };
    }

    private void requireWell() {
        Throwable seen = fault;
        if (seen != null) {
            throw MigratorException.unable(
                    failure(seen),
                    "go on with",
                    "parts of this process",
                    String.valueOf(seen),
                    "Run the same command again.",
                    seen);
        }
    }

    private static Failure failure(Throwable seen) {
        if (seen instanceof MigratorException known) {
            return known.failure();
        }
        if (seen instanceof OutOfMemoryError) {
            return Failure.OUT_OF_MEMORY;
        }
        return seen instanceof DataAccessException || seen instanceof TransactionException
                ? Failure.REPOSITORY
                : Failure.UNCLASSIFIED;
    }

    @Override
    public void close() {
        stop.request();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
