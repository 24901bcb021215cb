package io.migrator.backup;

import io.migrator.backup.plan.RowsOwed;
import io.migrator.backup.pool.PooledBackup;
import io.migrator.backup.source.Databases;
import io.migrator.backup.source.SameSource;
import io.migrator.backup.state.BackupOptions;
import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.BackupSummary;
import io.migrator.backup.state.FlushAllFact;
import io.migrator.backup.state.Moment;
import io.migrator.backup.state.Places;
import io.migrator.batch.JobContext;
import io.migrator.batch.ThisProcess;
import io.migrator.batch.WorkerPool;
import io.migrator.copy.CopyPlan;
import io.migrator.copy.PlannedRows;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.own.RunRecord;
import io.migrator.milvus.read.HybridTime;
import io.migrator.vault.Manifests;
import io.migrator.vault.VaultClaim;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The step {@code writeManifests}: says what was copied, in the form that {@link Manifests} writes. */
final class WriteManifests {
    private final JobContext context;
    private final BackupOptions options;
    private final Places places;
    private final BackupState state;
    private final WorkerPool workers;
    private final VaultClaim claim;
    private final RowsOwed owed;
    private final Optional<PooledBackup> pool;

    WriteManifests(
            JobContext context,
            BackupOptions options,
            Places places,
            BackupState state,
            WorkerPool workers,
            VaultClaim claim,
            RowsOwed owed,
            Optional<PooledBackup> pool) {
        this.context = context;
        this.options = options;
        this.places = places;
        this.state = state;
        this.workers = workers;
        this.claim = claim;
        this.owed = owed;
        this.pool = pool;
    }

    void run(String runId, String transfer) {
        context.progress().stage("manifests");
        owed.requirePlanned();
        PlannedRows rows = pool.map(PooledBackup::rows).orElse(state.plan());
        BackupInfo backup = new BackupDescription(state, rows, places.layout())
                .build(
                        runId,
                        context.name(),
                        state.facts().find(BackupState.MILVUS_VERSION).orElse(""),
                        new Databases(context, places.source())
                                .describe(state.collections().databases()),
                        // Asked for at the last moment, for it holds password hashes, which are kept nowhere else.
                        options.rbac() ? places.source().rbac() : null);
        owed.requireDescribed(backup);
        new Manifests(claim, places.vault(), places.layout(), rows)
                .write(
                        backup,
                        record(backup, runId, transfer),
                        written -> workers.map(backup.collections(), collection -> {
                            long id = collection.collectionId();
                            written.write(
                                    places.layout().rawSchema(id),
                                    state.collections().raw(id));
                            return id;
                        }),
                        written -> pool.ifPresent(shared -> shared.finish(written, places.layout())),
                        context.config().seal().key());
        new BackupSummary(backup, state.there().objects()).addTo(context.report());
        pool.ifPresent(shared -> BackupSummary.addShare(context.report(), shared.share()));
    }

    private RunRecord record(BackupInfo backup, String runId, String transfer) {
        CopyPlan.Totals totals = state.there();
        Map<Long, Long> objects = state.objects();
        Optional<Instant> flushedAt =
                new FlushAllFact(state.facts()).find().map(flush -> HybridTime.instant(flush.timestamp()));
        ThisProcess self = ThisProcess.look();
        List<RunRecord.Collection> collections = backup.collections().stream()
                .map(collection ->
                        record(collection, objects.getOrDefault(collection.collectionId(), 0L), flushedAt.orElse(null)))
                .toList();
        return new RunRecord(
                runId,
                context.identity(),
                "migrator",
                self.version(),
                self.host(),
                Instant.parse(state.facts().find(BackupState.STARTED_AT).orElseThrow()),
                Instant.now(),
                backup.milvusVersion(),
                transfer,
                totals.objects(),
                totals.bytes(),
                collections.stream().mapToLong(RunRecord.Collection::rows).sum(),
                collections,
                state.collections().leftOut(),
                SameSource.of(context.config().milvusStorage()),
                options.labels().selection(),
                options.labels().series(),
                options.labels().tags(),
                true,
                pool.map(PooledBackup::share).orElse(null));
    }

    /** @param flushedAt moment of a flush of all collections, which is no part of a collection's meta in milvus-backup's form */
    private RunRecord.Collection record(CollectionInfo collection, long objects, @Nullable Instant flushedAt) {
        Optional<Moment> moment = state.cuts().moment(collection.collectionId());
        List<SegmentInfo> segments = collection.partitions().stream()
                .map(PartitionInfo::segments)
                .flatMap(List::stream)
                .toList();
        return new RunRecord.Collection(
                collection.database(),
                collection.name(),
                collection.collectionId(),
                segments.size(),
                BackupSummary.rows(segments),
                objects,
                collection.size(),
                // A collection that was flushed by itself is of its own moment, or of none.
                moment.map(Moment::instant).orElse(collection.sealTime() > 0 ? null : flushedAt),
                moment.map(Moment::exact).orElse(0L));
    }
}
