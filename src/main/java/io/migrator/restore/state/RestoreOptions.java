package io.migrator.restore.state;

import io.migrator.batch.CopyWorkers;
import io.migrator.batch.JobContext;
import io.migrator.batch.OnError;
import io.migrator.selection.Selection;
import io.migrator.store.throttle.Throttle;
import io.migrator.transfer.Transfer;
import java.util.Optional;

/**
 * The parameters of a restore, as types. Values were held against what is allowed when the command was read.
 *
 * @param collections what of the backup is wanted; empty for all
 * @param excluded what of it is not
 * @param targets only what gets one of these new names
 * @param partitions names and patterns, comma separated; empty for all
 * @param creates whether collections are made, else rows go into those that are there
 * @param append whether rows go into partitions that have some already
 * @param schemaMayDiffer whether a schema that comes out otherwise is told only
 */
public record RestoreOptions(
        Selection collections,
        Optional<Selection> excluded,
        Optional<Selection> targets,
        String partitions,
        String suffix,
        String rename,
        boolean metaOnly,
        boolean creates,
        boolean append,
        boolean rbac,
        boolean dropCollection,
        boolean dropIndex,
        IndexRebuild index,
        LoadWish load,
        boolean schemaMayDiffer,
        OnError onError,
        boolean deepVerify,
        boolean forceVersion,
        Transfer transfer,
        int inFlight,
        Throttle throttle,
        int chunk,
        CopyWorkers workers) {
    public static RestoreOptions of(JobContext context) {
        return new RestoreOptions(
                Selection.parse(context.parameter("collection")),
                Selection.given(context.parameter("exclude")),
                Selection.given(context.parameter("target-collection")),
                context.parameter("partition"),
                context.parameter("suffix"),
                context.parameter("rename"),
                yes(context, "meta-only"),
                !context.parameter("create").equals("no"),
                yes(context, "append"),
                yes(context, "rbac"),
                yes(context, "drop-existing-collection"),
                yes(context, "drop-existing-index"),
                IndexRebuild.of(context.parameter("index")),
                LoadWish.of(context.parameter("load")),
                context.parameter("schema-difference").equals("warn"),
                OnError.of(context.parameter("on-error")),
                context.parameter("verify").equals("deep"),
                context.parameter("force-version").equals("true"),
                Transfer.of(context.parameter("transfer")),
                context.inFlight(),
                Throttle.of(context::parameter),
                context.number("chunk"),
                CopyWorkers.of(context.parameter("workers")));
    }

    private static boolean yes(JobContext context, String parameter) {
        return context.parameter(parameter).equals("yes");
    }
}
