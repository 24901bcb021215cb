package io.migrator.remote;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What the end of a partition was caused by, as far as its exceptions say. */
final class PartitionFaults {
    private PartitionFaults() {}

    static @Nullable MigratorException known(@Nullable Throwable thrown) {
        for (Throwable link = thrown; link != null; link = link.getCause()) {
            if (link instanceof MigratorException fault) {
                return fault;
            }
        }
        return null;
    }

    static boolean isStop(@Nullable Throwable fault) {
        MigratorException known = known(fault);
        return (known != null && known.failure() == Failure.STOPPED) || causedBy(fault, JobInterruptedException.class);
    }

    /** Of the repository, not of the work: where a session breaks the partition is as good as before. */
    static boolean isOfDatabase(@Nullable Throwable fault) {
        return causedBy(fault, DataAccessException.class)
                || causedBy(fault, TransactionException.class)
                || causedBy(fault, SQLException.class)
                || causedBy(fault, PartitionLostException.class);
    }

    static boolean causedBy(@Nullable Throwable thrown, Class<? extends Throwable> kind) {
        for (Throwable link = thrown; link != null; link = link.getCause()) {
            if (kind.isInstance(link)) {
                return true;
            }
        }
        return false;
    }

    /** What the worker of that name tells of it, without the secrets of this process, which the one that reads it does not know. */
    static MigratorException told(Throwable fault, String worker) {
        MigratorException known = known(fault);
        Failure failure = known != null
                ? known.failure()
                : causedBy(fault, OutOfMemoryError.class) ? Failure.OUT_OF_MEMORY : Failure.UNCLASSIFIED;
        String text = known != null ? String.valueOf(known.getMessage()) : String.valueOf(fault);
        return new MigratorException(failure, text + " (told by the worker " + worker + ")");
    }

    /** The innermost cause, without the secrets of this process. */
    static String text(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String told = String.valueOf(innermost.getMessage());
        return String.valueOf(new MigratorException(Failure.REPOSITORY, told).getMessage());
    }
}
