package io.migrator.backup;

import io.migrator.batch.JobContext;
import io.migrator.batch.ThisProcess;
import io.migrator.copy.CopyPlan;
import io.migrator.copy.PlannedCopy;
import io.migrator.format.BackupInfo;
import io.migrator.format.CollectionInfo;
import io.migrator.format.MetaFile;
import io.migrator.format.MetaJson;
import io.migrator.format.ObjectEntry;
import io.migrator.format.ObjectManifestWriter;
import io.migrator.format.OwnJson;
import io.migrator.format.PartitionInfo;
import io.migrator.format.RunRecord;
import io.migrator.format.SegmentInfo;
import io.migrator.format.VaultLayout;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The step {@code writeManifests}. Order is the promise: our own files, then milvus-backup's metas with
 * {@code full_meta.json} last; the marker goes after that, in {@link VaultClaim#release()}.
 */
final class WriteManifests {
    private final JobContext context;
    private final BackupTables tables;
    private final CopyPlan plan;
    private final ObjectStore vault;
    private final VaultLayout layout;

    WriteManifests(JobContext context, BackupTables tables, CopyPlan plan, ObjectStore vault, VaultLayout layout) {
        this.context = context;
        this.tables = tables;
        this.plan = plan;
        this.vault = vault;
        this.layout = layout;
    }

    void run(String runId, Instant startedAt, String milvusVersion, String transfer) {
        context.progress().stage("manifests", 0, 0);
        BackupInfo backup = new BackupDescription(tables, plan).build(runId, context.name(), milvusVersion);
        try {
            writeObjectManifest();
            for (CollectionInfo collection : backup.collections()) {
                vault.write(layout.rawSchema(collection.collectionId()), tables.raw(collection.collectionId()));
            }
            vault.write(layout.runRecord(), OwnJson.write(record(backup, runId, startedAt, milvusVersion, transfer)));
            for (MetaFile file : MetaFile.values()) {
                vault.write(layout.meta(file), MetaJson.write(backup, file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new BackupSummary(backup, plan).addTo(context.report());
    }

    private void writeObjectManifest() throws IOException {
        Path file = Files.createTempFile("migrator-objects", ".jsonl.gz");
        try {
            try (OutputStream out = Files.newOutputStream(file);
                    ObjectManifestWriter manifest = new ObjectManifestWriter(out);
                    Stream<PlannedCopy> rows = plan.byTargetKey()) {
                int prefix = layout.backupDir().length();
                for (PlannedCopy row : (Iterable<PlannedCopy>) rows::iterator) {
                    manifest.write(new ObjectEntry(
                            row.targetKey().substring(prefix),
                            row.source().size(),
                            row.targetEtag(),
                            row.source().key()));
                }
                manifest.finish();
            }
            try (InputStream in = Files.newInputStream(file)) {
                vault.write(layout.objectManifest(), in, Files.size(file));
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private RunRecord record(
            BackupInfo backup, String runId, Instant startedAt, String milvusVersion, String transfer) {
        CopyPlan.Totals totals = plan.totals(PlannedCopy.State.COPIED);
        ThisProcess self = ThisProcess.look();
        List<RunRecord.Collection> collections = backup.collections().stream()
                .map(collection -> new RunRecord.Collection(
                        collection.database(),
                        collection.name(),
                        collection.collectionId(),
                        segments(collection).size(),
                        segments(collection).stream()
                                .mapToLong(SegmentInfo::rows)
                                .sum(),
                        plan.objectsOf(collection.collectionId()),
                        collection.size(),
                        collection.sealTime() == 0 ? null : Instant.ofEpochSecond(collection.sealTime())))
                .toList();
        return new RunRecord(
                runId,
                context.identity(),
                "migrator",
                self.version(),
                self.host(),
                startedAt,
                Instant.now(),
                milvusVersion,
                transfer,
                totals.objects(),
                totals.bytes(),
                collections.stream().mapToLong(RunRecord.Collection::rows).sum(),
                collections,
                List.of());
    }

    private static List<SegmentInfo> segments(CollectionInfo collection) {
        return collection.partitions().stream()
                .map(PartitionInfo::segments)
                .flatMap(List::stream)
                .toList();
    }
}
