package io.migrator.restore;

import io.migrator.batch.JobContext;
import io.migrator.catalog.Catalog;
import io.migrator.catalog.FileCheck;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.failure.NearestName;
import io.migrator.format.BackupInfo;
import io.migrator.format.CollectionInfo;
import io.migrator.format.CollectionName;
import io.migrator.format.PartitionInfo;
import io.migrator.format.SegmentInfo;
import io.migrator.milvus.CollectionDescription;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.SchemaDiff;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything that can refuse a restore before it has touched the target. */
final class RestorePreflight {
    private static final int SHOWN = 5;

    private final JobContext context;
    private final Catalog catalog;
    private final MilvusTarget target;
    private final RestoreTables tables;
    private final BackupInfo backup;

    RestorePreflight(JobContext context, Catalog catalog, MilvusTarget target, RestoreTables tables) {
        this.context = context;
        this.catalog = catalog;
        this.target = target;
        this.tables = tables;
        this.backup = catalog.read(context.name());
    }

    /** The collections to restore and their new names, in the order of the backup. */
    List<Restored> select() {
        List<CollectionName> known = backup.collections().stream()
                .map(info -> new CollectionName(info.database(), info.name()))
                .toList();
        List<CollectionName> wanted = CollectionName.parseList(context.parameter("collection"));
        Mapping mapping = new Mapping(context.parameter("suffix"), context.parameter("rename"));
        wanted.forEach(name -> requireKnown(name, known, "collection="));
        mapping.renamed().forEach(name -> requireKnown(name, wanted.isEmpty() ? known : wanted, "rename="));
        List<Restored> items = backup.collections().stream()
                .map(info -> new Restored(info, new CollectionName(info.database(), info.name())))
                .filter(item -> wanted.isEmpty() || wanted.contains(item.target()))
                .map(item -> new Restored(item.source(), mapping.target(item.target())))
                .toList();
        requireDistinct(items);
        items.forEach(item -> requireSupported(item.source()));
        return items;
    }

    private static void requireDistinct(List<Restored> items) {
        Set<CollectionName> targets = new HashSet<>();
        for (Restored item : items) {
            if (!targets.add(item.target())) {
                throw MigratorException.unable(
                        Failure.USAGE,
                        "restore",
                        item.source().qualifiedName(),
                        "another collection is to become " + item.target() + ", too",
                        "Give each a name of its own with rename=.");
            }
        }
    }

    /** Fails for what this build would restore wrongly: rows that were deleted would come back. */
    private void requireSupported(CollectionInfo collection) {
        boolean level0 = !collection.level0Segments().isEmpty();
        long newest = 0;
        for (PartitionInfo partition : collection.partitions()) {
            for (SegmentInfo segment : partition.segments()) {
                level0 |= segment.level0();
                newest = Math.max(newest, segment.storageVersion());
            }
        }
        if (level0 || newest > 1) {
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    "restore",
                    collection.qualifiedName(),
                    level0
                            ? "it has L0 segments (deletes of Milvus 2.4 and later), which this build does not import"
                            : "its segments have storage version " + newest + ", this build imports version 1",
                    "Restore other collections with collection=, or use milvus-backup for this one.");
        }
    }

    private void requireKnown(CollectionName name, List<CollectionName> known, String where) {
        if (!known.contains(name)) {
            List<String> names = known.stream().map(CollectionName::toString).toList();
            List<String> near = NearestName.of(name.toString(), names);
            throw MigratorException.unable(
                    Failure.NOT_FOUND,
                    "restore",
                    name.toString(),
                    "backup " + context.name() + " has no such collection"
                            + (near.isEmpty() ? "" : ", but " + String.join(", ", near)),
                    "Correct %s; the backup holds: %s.".formatted(where, String.join(", ", names)));
        }
    }

    /** Fails where files of the backup are missing, or not as the manifest has them. */
    void requireFiles(List<Restored> items) {
        List<Long> collections =
                items.stream().map(item -> item.source().collectionId()).toList();
        FileCheck check = catalog.checkFiles(context.name(), backup, collections);
        if (!check.clean()) {
            List<String> first = check.findings().stream()
                    .limit(SHOWN)
                    .map(finding -> finding.key() + ": " + finding.detail())
                    .toList();
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "restore",
                    context.name(),
                    "%d files of the backup are not as its manifest says: %s"
                            .formatted(check.problems(), String.join("; ", first)),
                    "Nothing was changed in Milvus. Use another backup, or restore other collections of this one"
                            + " with collection=.");
        }
    }

    /** Fails where a target exists that this job has not created. */
    void requireNoConflict(List<Restored> items) {
        List<String> conflicts = new ArrayList<>();
        for (Restored item : items) {
            if (tables.find(item.source().collectionId()).isEmpty()) {
                Optional<CollectionDescription> existing =
                        target.find(item.target().database(), item.target().collection());
                existing.ifPresent(found -> conflicts.add(conflict(item, found.info())));
            }
        }
        if (!conflicts.isEmpty()) {
            throw MigratorException.unable(
                    Failure.CONFLICT,
                    "restore",
                    context.name(),
                    String.join("; ", conflicts),
                    "Choose other names with suffix= or rename=, or drop the collection first.");
        }
    }

    private static String conflict(Restored item, CollectionInfo existing) {
        List<String> differences = SchemaDiff.between(item.source(), existing);
        return "collection %s exists in Milvus%s"
                .formatted(
                        item.target(),
                        differences.isEmpty()
                                ? " already"
                                : " with another schema (" + String.join(", ", differences) + ")");
    }
}
