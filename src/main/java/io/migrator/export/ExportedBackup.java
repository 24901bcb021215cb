package io.migrator.export;

import io.migrator.batch.JobContext;
import io.migrator.batch.ThisProcess;
import io.migrator.copy.CopyPlan;
import io.migrator.copy.PlannedCopy;
import io.migrator.export.SourceBackup.Described;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.DatabaseInfo;
import io.migrator.format.own.RunRecord;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the copy says of itself: all that the backup says, but its name, its run and its place. */
final class ExportedBackup {
    private final JobContext context;
    private final ExportOptions options;
    private final Described of;

    ExportedBackup(JobContext context, ExportOptions options, Described of) {
        this.context = context;
        this.options = options;
        this.of = of;
    }

    /** Milvus-backup's description. Databases that are empty belong to the whole alone. */
    BackupInfo info(String runId) {
        BackupInfo backup = of.backup();
        List<CollectionInfo> collections =
                backup.collections().stream().map(one -> one.ofTask(runId)).toList();
        Set<String> databases =
                collections.stream().map(CollectionInfo::database).collect(Collectors.toSet());
        List<DatabaseInfo> described = backup.databases().stream()
                .filter(one -> of.whole() || databases.contains(one.name()))
                .toList();
        return new BackupInfo(
                runId,
                backup.stateCode(),
                options.to(),
                collections,
                collections.stream().mapToLong(CollectionInfo::size).sum(),
                backup.milvusVersion(),
                backup.rbac(),
                described,
                backup.flushAllMessages(),
                backup.controlChannel(),
                backup.physicalChannels(),
                backup.format());
    }

    /** The moment of its rows, and whose they are, stay those of the backup. */
    RunRecord record(String runId, String transfer, CopyPlan plan, String fromVault) {
        RunRecord run = of.run();
        CopyPlan.Totals copied = plan.totals(PlannedCopy.State.COPIED);
        ThisProcess self = ThisProcess.look();
        Set<Long> ids = of.ids();
        List<RunRecord.Collection> collections = run.collections().stream()
                .filter(one -> ids.contains(one.collectionId()))
                .toList();
        return new RunRecord(
                runId,
                context.identity(),
                "migrator",
                self.version(),
                self.host(),
                run.startedAt(),
                Instant.now(),
                run.sourceMilvusVersion(),
                transfer,
                copied.objects(),
                copied.bytes(),
                collections.stream().mapToLong(RunRecord.Collection::rows).sum(),
                collections,
                of.missing(),
                run.source(),
                selection(run.selection()),
                run.series(),
                run.tags(),
                true,
                null,
                new RunRecord.Exported(context.name(), fromVault, run.runId()));
    }

    /** A part is another request than the whole, and stands for it nowhere. */
    private String selection(String told) {
        if (of.whole() || told.isEmpty()) {
            return told;
        }
        String names = of.backup().collections().stream()
                .map(CollectionInfo::qualifiedName)
                .sorted()
                .collect(Collectors.joining(","));
        Stream<String> kept = Stream.of(told.split(" ", -1))
                .filter(word -> word.startsWith("partition=") || word.startsWith("meta-only="));
        return Stream.concat(Stream.of(names), kept).collect(Collectors.joining(" "));
    }
}
