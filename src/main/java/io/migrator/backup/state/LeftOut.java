package io.migrator.backup.state;

import io.migrator.batch.JobContext;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.own.RunRecord;
import java.util.List;

/** Ends a run whose backup lacks collections that were meant, and names them in its report. */
public final class LeftOut {
    private LeftOut() {}

    /** PARTIAL where some of all are missing, SERVER_FAILED where all are. */
    public static void requireNone(JobContext context, List<RunRecord.Missing> missing, int all) {
        if (missing.isEmpty()) {
            return;
        }
        BackupSummary.addMissing(context.report(), missing);
        throw MigratorException.unable(
                missing.size() < all ? Failure.PARTIAL : Failure.SERVER_FAILED,
                "back up all of",
                context.name(),
                "%d of %s %s missing; first: %s"
                        .formatted(
                                missing.size(),
                                Counted.of(all, "collection"),
                                missing.size() == 1 ? "is" : "are",
                                missing.get(0).reason().replaceAll("\\.$", "")),
                "Put right what it names, then run the same command with name=%s: it does the rest."
                        .formatted(context.name()));
    }
}
