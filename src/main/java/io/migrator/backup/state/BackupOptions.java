package io.migrator.backup.state;

import io.migrator.batch.CopyWorkers;
import io.migrator.batch.JobContext;
import io.migrator.batch.OnError;
import io.migrator.selection.Selection;
import io.migrator.store.throttle.Throttle;
import io.migrator.transfer.Transfer;
import java.util.Locale;
import java.util.Optional;

/**
 * The parameters of a backup, as types. Values were held against what is allowed when the command was read.
 *
 * @param collections what is wanted
 * @param excluded what of it is not
 * @param partitions names and patterns, comma separated; empty for all
 * @param labels what is kept of the request for those who sort backups later
 * @param incremental what it shares with earlier ones
 * @param flush what is asked for; what becomes of it depends on Milvus
 * @param inFlight objects copied at once
 * @param chunk objects a checkpoint covers
 * @param workers who works the partitions of the copy step off
 */
public record BackupOptions(
        Selection collections,
        Optional<Selection> excluded,
        String partitions,
        Labels labels,
        boolean metaOnly,
        boolean rbac,
        Incremental incremental,
        Flush flush,
        OnError onError,
        boolean forceVersion,
        GcPauseMode gcPause,
        Transfer transfer,
        int inFlight,
        Throttle throttle,
        int chunk,
        CopyWorkers workers) {
    /** Values of the parameter {@code strategy}. */
    public enum Flush {
        /** The best that this Milvus can. */
        AUTO,
        SERIAL_FLUSH,
        BULK_FLUSH,
        SKIP_FLUSH
    }

    public static BackupOptions of(JobContext context) {
        return new BackupOptions(
                Selection.parse(context.parameter("collection")),
                Selection.given(context.parameter("exclude")),
                context.parameter("partition"),
                Labels.of(context),
                context.parameter("meta-only").equals("yes"),
                context.parameter("rbac").equals("yes"),
                Incremental.of(context),
                Flush.valueOf(context.parameter("strategy").toUpperCase(Locale.ROOT)),
                OnError.of(context.parameter("on-error")),
                context.parameter("force-version").equals("true"),
                GcPauseMode.of(context),
                Transfer.of(context.parameter("transfer")),
                context.inFlight(),
                Throttle.of(context::parameter),
                context.number("chunk"),
                CopyWorkers.of(context.parameter("workers")));
    }
}
