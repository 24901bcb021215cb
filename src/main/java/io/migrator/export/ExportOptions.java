package io.migrator.export;

import io.migrator.batch.JobContext;
import io.migrator.format.layout.BackupName;
import io.migrator.selection.Selection;
import io.migrator.store.throttle.Throttle;
import io.migrator.transfer.Transfer;
import java.util.Optional;

/**
 * The parameters of an export, as types. Values were held against what is allowed when the command was read.
 *
 * @param to name of the copy
 * @param collections which of the backup; empty for all
 * @param inFlight objects copied at once
 * @param chunk objects a checkpoint covers
 * @param workers partitions of the copy step that run at once
 */
record ExportOptions(
        String to,
        Optional<Selection> collections,
        Transfer transfer,
        int inFlight,
        Throttle throttle,
        int chunk,
        int workers) {
    static ExportOptions of(JobContext context) {
        String to = context.parameter("to");
        return new ExportOptions(
                BackupName.requireValid(to.isEmpty() ? BackupName.ofExport(context.name()) : to, "to"),
                Selection.given(context.parameter("collection")),
                Transfer.of(context.parameter("transfer")),
                context.inFlight(),
                Throttle.of(context::parameter),
                context.number("chunk"),
                context.number("workers"));
    }
}
