package io.migrator.backup;

import io.migrator.backup.plan.CollectionCursor;
import io.migrator.backup.plan.PartitionFilter;
import io.migrator.backup.plan.Placement;
import io.migrator.backup.plan.SegmentFiles;
import io.migrator.backup.plan.SegmentFinder;
import io.migrator.backup.pool.PooledBackup;
import io.migrator.backup.source.FlushStrategy;
import io.migrator.backup.source.SourceChecks;
import io.migrator.backup.state.BackupOptions;
import io.migrator.backup.state.CollectionFaults;
import io.migrator.backup.state.FrozenCollection;
import io.migrator.backup.state.LeftOut;
import io.migrator.backup.state.NewUnit;
import io.migrator.backup.state.Places;
import io.migrator.backup.state.PlannedUnit;
import io.migrator.backup.state.SourceSelection;
import io.migrator.batch.JobContext;
import io.migrator.batch.StopSignal;
import io.migrator.batch.WorkerPool;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.own.RunRecord;
import io.migrator.milvus.schema.CollectionDescription;
import io.migrator.report.ByteSize;
import io.migrator.report.RunReport;
import io.migrator.report.Stage;
import io.migrator.store.StoredObject;
import io.migrator.vault.VaultClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows what a backup would copy, from what Milvus and its bucket say now. Nothing is flushed and nothing is written. */
final class Preview {
    private final JobContext context;
    private final BackupOptions options;
    private final Places places;
    private final VaultClaim claim;
    private final SegmentFinder finder;
    private final PartitionFilter partitions;
    private final CollectionFaults faults;
    private final WorkerPool workers;
    private final StopSignal stop;
    private final Optional<PooledBackup> pool;

    Preview(
            JobContext context,
            BackupOptions options,
            Places places,
            VaultClaim claim,
            SegmentFinder finder,
            PartitionFilter partitions,
            CollectionFaults faults,
            WorkerPool workers,
            StopSignal stop,
            Optional<PooledBackup> pool) {
        this.context = context;
        this.options = options;
        this.places = places;
        this.claim = claim;
        this.finder = finder;
        this.partitions = partitions;
        this.faults = faults;
        this.workers = workers;
        this.stop = stop;
        this.pool = pool;
    }

    void run() {
        SourceChecks checks = new SourceChecks(context, options, places);
        checks.requireReady();
        FlushStrategy strategy = FlushStrategy.choose(options, places.source());
        SourceSelection.Found found = checks.select();
        claim.look();
        pool.ifPresent(PooledBackup::look);
        if (strategy != FlushStrategy.META_ONLY) {
            checks.requireRootPath(found.collections());
        }
        context.progress()
                .stage(Stage.of(
                        "preview", Stage.Unit.COLLECTION, found.collections().size()));
        List<Look> looks = workers.map(found.collections(), collection -> look(collection, strategy));
        List<Line> lines = looks.stream().flatMap(look -> look.line().stream()).toList();
        partitions.requireAll(lines.stream().map(Line::info).toList(), looks.size() - lines.size());
        fill(context.report(), found, strategy, lines);
        LeftOut.requireNone(
                context, looks.stream().flatMap(look -> look.missing().stream()).toList(), looks.size());
    }

    private record Look(Optional<Line> line, Optional<RunRecord.Missing> missing) {}

    /** What a run would do with it: with {@code on-error=continue} that may be to leave it out. */
    private Look look(FrozenCollection collection, FlushStrategy strategy) {
        requireNotStopped();
        try {
            return new Look(Optional.of(line(collection, strategy)), Optional.empty());
        } catch (MigratorException fault) {
            if (!faults.canSpare(fault)) {
                throw fault;
            }
            return new Look(
                    Optional.empty(),
                    Optional.of(new RunRecord.Missing(
                            collection.database(), collection.name(), String.valueOf(fault.getMessage()))));
        }
    }

    private void requireNotStopped() {
        if (stop.requested()) {
            throw MigratorException.unable(
                    Failure.STOPPED, "preview", context.name(), "a stop was asked for", "Nothing was changed.");
        }
    }

    private record Line(CollectionInfo info, long segments, long rows, long objects, long bytes, long shared) {
        String collection() {
            return info.qualifiedName();
        }

        int partitions() {
            return info.partitions().size();
        }
    }

    private Line line(FrozenCollection collection, FlushStrategy strategy) {
        CollectionDescription described = places.source().describe(collection.database(), collection.name());
        CollectionInfo info = partitions.of(described.info());
        Optional<Placement> units = pool.map(incremental ->
                incremental.preview(PooledBackup.createdAt(described.raw().toByteArray())));
        long shared = 0;
        long segments = 0;
        long rows = 0;
        long objects = 0;
        long bytes = 0;
        if (strategy != FlushStrategy.META_ONLY) {
            CollectionCursor cursor = new CollectionCursor(finder, info, Optional.empty(), false);
            for (Optional<SegmentFiles> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                requireNotStopped();
                SegmentFiles files = next.get();
                segments++;
                rows += files.segment().segment().level0()
                        ? 0
                        : files.segment().segment().rows();
                objects += files.insertLogs().size() + files.deltaLogs().size();
                bytes += Stream.concat(files.insertLogs().stream(), files.deltaLogs().stream())
                        .mapToLong(StoredObject::size)
                        .sum();
                shared += units.map(one -> shared(one, files)).orElse(0L);
            }
        }
        context.progress().advance(1, 0);
        return new Line(info, segments, rows, objects, bytes, shared);
    }

    private static long shared(Placement units, SegmentFiles files) {
        return units.of(files).units().stream()
                .map(NewUnit::unit)
                .filter(unit -> !unit.own())
                .mapToLong(PlannedUnit::bytes)
                .sum();
    }

    private void fill(RunReport report, SourceSelection.Found found, FlushStrategy strategy, List<Line> lines) {
        List<String> header = new ArrayList<>(
                List.of("collection", "partitions", "segments", "rows before deletes", "objects", "bytes"));
        if (pool.isPresent()) {
            header.addAll(List.of("bytes to copy", "bytes to share"));
        }
        List<List<String>> rows = new ArrayList<>();
        for (Line line : lines) {
            List<String> row = new ArrayList<>(List.of(
                    line.collection(),
                    String.valueOf(line.partitions()),
                    String.valueOf(line.segments()),
                    String.valueOf(line.rows()),
                    String.valueOf(line.objects()),
                    ByteSize.text((double) line.bytes())));
            if (pool.isPresent()) {
                row.add(ByteSize.text((double) (line.bytes() - line.shared())));
                row.add(ByteSize.text((double) line.shared()));
            }
            rows.add(row);
        }
        report.table(new RunReport.Table("Would back up (sealed by now)", header, rows));
        report.fact("milvus_version", places.source().version().text());
        report.fact("strategy", strategy.word());
        report.fact("transfer", options.transfer().name().toLowerCase(Locale.ROOT));
        report.fact("gc_pause", options.gcPause().word());
        report.fact(
                "vault",
                places.vault().config().display() + "/" + places.layout().backupDir());
        report.fact("databases", found.databases());
        report.fact("objects", lines.stream().mapToLong(Line::objects).sum());
        report.fact("bytes", lines.stream().mapToLong(Line::bytes).sum());
        if (pool.isPresent()) {
            long shared = lines.stream().mapToLong(Line::shared).sum();
            report.fact("bytes_to_share", shared);
            report.fact("bytes_to_copy", lines.stream().mapToLong(Line::bytes).sum() - shared);
        }
        report.fact(
                "collections",
                lines.stream()
                        .map(line -> RunReport.parts(
                                "collection", line.collection(),
                                "partitions", line.partitions(),
                                "segments", line.segments(),
                                "rows", line.rows(),
                                "objects", line.objects(),
                                "bytes", line.bytes()))
                        .toList());
    }
}
