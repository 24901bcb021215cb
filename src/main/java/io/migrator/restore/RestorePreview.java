package io.migrator.restore;

import io.migrator.batch.JobContext;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.KeyValue;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.report.ByteSize;
import io.migrator.report.RunReport;
import io.migrator.restore.imports.ImportBin;
import io.migrator.restore.imports.ImportPlanner;
import io.migrator.restore.imports.ImportUnit;
import io.migrator.restore.state.RestoreOptions;
import io.migrator.restore.state.Restored;
import io.migrator.restore.state.Whereabouts;
import io.migrator.restore.state.Wishes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what a restore would do, without doing any of it. */
final class RestorePreview {
    private final RestoreParts parts;
    private final JobContext context;
    private final RestoreOptions options;
    private final BackupInfo backup;
    private final List<Restored> items;

    /** @param items the collections that can be restored */
    RestorePreview(RestoreParts parts, BackupInfo backup, List<Restored> items) {
        this.parts = parts;
        this.context = parts.context();
        this.options = parts.options();
        this.backup = backup;
        this.items = items;
    }

    void report(Map<String, List<KeyValue>> missingDatabases) {
        boolean inPlace = parts.staging().milvusReadsVault();
        ImportPlanner planner = parts.planner();
        List<List<String>> rows = new ArrayList<>();
        long jobs = 0;
        long bytes = 0;
        long toStage = 0;
        for (Restored item : items) {
            List<ImportBin> bins = left(item, planner);
            long own = bins.stream().mapToLong(ImportBin::bytes).sum();
            long staged = bins.stream()
                    .filter(ImportBin::staged)
                    .mapToLong(ImportBin::bytes)
                    .sum();
            rows.add(List.of(
                    item.source().qualifiedName(),
                    item.target().toString(),
                    String.valueOf(item.source().partitions().size()),
                    String.valueOf(bins.stream()
                            .mapToLong(bin -> bin.segments().size())
                            .sum()),
                    String.valueOf(bins.stream().mapToLong(ImportBin::rows).sum()),
                    ByteSize.text((double) own),
                    ByteSize.text((double) staged),
                    String.valueOf(bins.size()),
                    indexes(item),
                    fate(item)));
            jobs += bins.size();
            bytes += own;
            toStage += staged;
        }
        context.report()
                .table(new RunReport.Table(
                        "Would be restored",
                        List.of(
                                "collection",
                                "becomes",
                                "partitions",
                                "segments",
                                "rows before deletes",
                                "bytes",
                                "bytes to stage",
                                "import jobs",
                                "indexes",
                                "target"),
                        rows));
        context.report()
                .table(new RunReport.Table("Restore", List.of("what", "is"), summary(inPlace, missingDatabases)));
        context.report().fact("collections", rows.size());
        context.report().fact("segments", segments());
        context.report().fact("import_jobs", jobs);
        context.report().fact("bytes", bytes);
        context.report().fact("bytes_to_stage", toStage);
    }

    /** What is still to be imported: nothing of a collection that a run ended with. */
    private List<ImportBin> left(Restored item, ImportPlanner planner) {
        if (parts.own().isDone(item)) {
            return List.of();
        }
        Set<String> imported = parts.own()
                        .placeOf(item)
                        .filter(Whereabouts.Place.THERE::equals)
                        .isEmpty()
                ? Set.of()
                : parts.ledger().of(item.source().collectionId()).stream()
                        .filter(unit -> unit.state() == ImportUnit.State.IMPORTED)
                        .map(ImportUnit::place)
                        .collect(Collectors.toSet());
        return planner.plan(item.source()).stream()
                .filter(bin -> !imported.contains(bin.place()))
                .toList();
    }

    private long segments() {
        return parts.own().withoutDone(items).stream()
                .flatMap(item -> Stream.concat(
                        item.source().level0Segments().stream(),
                        item.source().partitions().stream().flatMap(partition -> partition.segments().stream())))
                .map(SegmentInfo::segmentId)
                .count();
    }

    private List<List<String>> summary(boolean inPlace, Map<String, List<KeyValue>> missingDatabases) {
        String source = backup.milvusVersion();
        return List.of(
                List.of(
                        "versions",
                        "%s into %s"
                                .formatted(
                                        source == null || source.isEmpty() ? "unknown" : source,
                                        parts.target().version().text())),
                List.of(
                        "files",
                        inPlace
                                ? "Milvus reads the vault itself"
                                : "staged under " + parts.staging().dir()),
                List.of("databases to create", String.join(", ", missingDatabases.keySet())));
    }

    private String indexes(Restored item) {
        if (!parts.own().wants(item, Wishes.INDEX)) {
            return parts.own().isDone(item) ? "as they are" : "none";
        }
        return switch (options.index()) {
            case NONE -> "none";
            case AUTO -> item.source().indexes().size() + " as AUTOINDEX";
            case YES -> String.valueOf(item.source().indexes().size());
        };
    }

    private String fate(Restored item) {
        if (parts.own().isDone(item)) {
            return "restored before";
        }
        if (parts.own().placeOf(item).filter(Whereabouts.Place.THERE::equals).isPresent()) {
            return "gone on with";
        }
        if (!parts.names().isCollection(item.target())) {
            return "created";
        }
        return options.creates() ? "dropped and created" : "added to";
    }
}
