package io.migrator.catalog;

import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.own.PoolShare;
import io.migrator.format.own.RunRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The run records of {@link PooledVault}: of a backup that had none as migrator would have written it. */
final class PooledRun {
    private static final Instant MADE = Instant.parse("2026-11-23T05:06:07Z");

    private PooledRun() {}

    static RunRecord record(Optional<RunRecord> there, VaultLayout from, BackupInfo backup, PoolShare share) {
        RunRecord old = there.orElseGet(() -> unknown(from, backup));
        return new RunRecord(
                old.runId(),
                old.identity(),
                old.program(),
                old.version(),
                old.host(),
                old.startedAt(),
                old.finishedAt(),
                old.sourceMilvusVersion(),
                old.transfer(),
                old.objects(),
                old.bytes(),
                old.rows(),
                old.collections(),
                old.missing(),
                old.source(),
                old.selection(),
                old.series(),
                old.tags(),
                true,
                share);
    }

    private static RunRecord unknown(VaultLayout from, BackupInfo backup) {
        List<RunRecord.Collection> collections = backup.collections().stream()
                .map(collection -> counted(from, collection))
                .toList();
        return new RunRecord(
                backup.id(),
                "backup name=" + from.name(),
                "migrator",
                "2",
                "host-a",
                MADE,
                MADE,
                backup.milvusVersion(),
                "server-side",
                collections.stream().mapToLong(RunRecord.Collection::objects).sum(),
                collections.stream().mapToLong(RunRecord.Collection::bytes).sum(),
                collections.stream().mapToLong(RunRecord.Collection::rows).sum(),
                collections,
                List.of(),
                "milvus-a/files",
                "",
                "",
                List.of(),
                true,
                null);
    }

    private static RunRecord.Collection counted(VaultLayout from, CollectionInfo collection) {
        List<SegmentInfo> segments = Stream.concat(
                        collection.partitions().stream().flatMap(partition -> partition.segments().stream()),
                        collection.level0Segments().stream())
                .toList();
        List<VaultFile> files = segments.stream().flatMap(from::files).toList();
        return new RunRecord.Collection(
                collection.database(),
                collection.name(),
                collection.collectionId(),
                segments.size(),
                segments.stream().mapToLong(SegmentInfo::rows).sum(),
                files.size(),
                files.stream().mapToLong(VaultFile::size).sum(),
                null,
                0);
    }
}
