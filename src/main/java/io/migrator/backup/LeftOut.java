package io.migrator.backup;

import io.migrator.batch.JobContext;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.RunRecord;
import java.util.List;

/** Ends a run whose backup lacks collections that were meant, and names them in its report. */
final class LeftOut {
    private LeftOut() {}

    /** PARTIAL where some of all are missing, SERVER_FAILED where all are. */
    static void requireNone(JobContext context, List<RunRecord.Missing> missing, int all) {
        if (missing.isEmpty()) {
            return;
        }
        BackupSummary.addMissing(context.report(), missing);
        throw MigratorException.unable(
                missing.size() < all ? Failure.PARTIAL : Failure.SERVER_FAILED,
                "back up all of",
                context.name(),
                "%d of %d collections are missing; first: %s"
                        .formatted(missing.size(), all, missing.get(0).reason().replaceAll("\\.$", "")),
                "Mend what it names, then run it again with name=%s to do the rest.".formatted(context.name()));
    }
}
