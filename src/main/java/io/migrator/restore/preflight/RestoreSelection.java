package io.migrator.restore.preflight;

import io.migrator.batch.JobContext;
import io.migrator.failure.Failure;
import io.migrator.failure.FirstNames;
import io.migrator.failure.MigratorException;
import io.migrator.failure.NearestName;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.DatabaseInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.restore.state.RestoreOptions;
import io.migrator.restore.state.Restored;
import io.migrator.selection.CollectionName;
import io.migrator.selection.Glob;
import io.migrator.selection.MilvusName;
import io.migrator.selection.Selection;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which collections, partitions and databases of a backup are restored, and under which names. */
public final class RestoreSelection {
    private static final int NAMES_SHOWN = 20;

    private final JobContext context;
    private final RestoreOptions options;
    private final BackupInfo backup;
    private final Selection wanted;
    private final Optional<Selection> excluded;
    private final Optional<Selection> targets;
    private final List<String> partitions;
    private final Mapping mapping;

    public RestoreSelection(JobContext context, RestoreOptions options, BackupInfo backup) {
        this.context = context;
        this.options = options;
        this.backup = backup;
        this.wanted = options.collections();
        this.excluded = options.excluded();
        this.targets = options.targets();
        this.partitions = Stream.of(options.partitions().split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        this.mapping = new Mapping(options.suffix(), options.rename());
    }

    /** The collections to restore and their new names, in the order of the backup. */
    public List<Restored> collections() {
        Set<CollectionName> known = new HashSet<>();
        Set<CollectionName> chosen = new HashSet<>();
        for (CollectionInfo info : backup.collections()) {
            CollectionName name = name(info);
            known.add(name);
            if (wanted.matches(name)) {
                chosen.add(name);
            }
        }
        wanted.literals().forEach(name -> requireKnown(name, known, "collection="));
        mapping.renamed().forEach(name -> requireKnown(name, chosen, "rename="));
        requireKnownDatabases();
        excluded.ifPresent(selection -> {
            selection.literals().forEach(name -> requireKnown(name, known, "exclude="));
            chosen.removeIf(selection::matches);
        });
        List<Restored> items = backup.collections().stream()
                .filter(info -> chosen.contains(name(info)))
                .map(info -> new Restored(withChosenData(info), mapping.target(name(info))))
                .filter(item -> targets.isEmpty() || targets.get().matches(item.target()))
                .toList();
        if (items.isEmpty() && (databases().isEmpty() || wanted.isDefaultAlone())) {
            throw nothing();
        }
        requireNames(items);
        requireDistinct(items);
        requireKnownPartitions(items);
        return items;
    }

    /** Databases that are restored as such, by their new names: also those without a chosen collection. */
    public Map<String, DatabaseInfo> databases() {
        Map<String, DatabaseInfo> databases = new LinkedHashMap<>();
        boolean narrowed = excluded.isPresent() || targets.isPresent();
        for (DatabaseInfo database : backup.databases()) {
            if (!narrowed && wholly(database.name())) {
                databases.put(mapping.database(database.name()), database);
            }
        }
        return databases;
    }

    private boolean wholly(String database) {
        return wanted.patterns().stream()
                .anyMatch(pattern ->
                        pattern.matchesDatabase(database) && (pattern.databaseOnly() || pattern.wholeDatabase()));
    }

    private static CollectionName name(CollectionInfo info) {
        return new CollectionName(info.database(), info.name());
    }

    /** Without the segments that are not wanted; where a key spreads rows, Milvus makes all partitions itself. */
    private CollectionInfo withChosenData(CollectionInfo info) {
        if (options.metaOnly()) {
            return info.withData(
                    info.partitions().stream().map(RestoreSelection::empty).toList(), List.of(), 0);
        }
        if (partitions.isEmpty()) {
            return info;
        }
        boolean byKey = info.schema().hasPartitionKey();
        List<PartitionInfo> chosen = info.partitions().stream()
                .filter(partition -> byKey || isChosen(partition))
                .map(partition -> isChosen(partition) ? partition : empty(partition))
                .toList();
        long size = chosen.stream().mapToLong(PartitionInfo::size).sum();
        return info.withData(chosen, info.level0Segments(), size);
    }

    private boolean isChosen(PartitionInfo partition) {
        return partitions.stream().anyMatch(pattern -> Glob.matches(pattern, partition.name()));
    }

    private static PartitionInfo empty(PartitionInfo partition) {
        return partition.withSegments(List.of(), 0);
    }

    private void requireKnownPartitions(List<Restored> items) {
        Set<String> known = new TreeSet<>();
        items.forEach(item -> item.source().partitions().forEach(partition -> known.add(partition.name())));
        for (String pattern : partitions) {
            if (known.stream().noneMatch(name -> Glob.matches(pattern, name))) {
                throw MigratorException.unable(
                        Failure.NOT_FOUND,
                        "restore",
                        pattern,
                        "none of the chosen collections has a partition of that name",
                        "Correct partition=.");
            }
        }
    }

    private void requireKnownDatabases() {
        List<String> known = backup.collections().stream()
                .map(CollectionInfo::database)
                .distinct()
                .toList();
        for (String database : mapping.renamedDatabases()) {
            if (!known.contains(database)) {
                throw MigratorException.unable(
                        Failure.NOT_FOUND,
                        "restore",
                        database + ".*",
                        "backup " + context.name() + " has no collection of that database",
                        "Correct rename=; the backup has: " + String.join(", ", known) + ".");
            }
        }
    }

    private void requireNames(List<Restored> items) {
        String advice = "Give another name with suffix= or rename=.";
        Stream.concat(databases().keySet().stream(), items.stream().map(item -> item.target()
                        .database()))
                .forEach(database -> MilvusName.require("database", database, advice));
        items.forEach(item -> MilvusName.require("collection", item.target().collection(), advice));
    }

    private static void requireDistinct(List<Restored> items) {
        Set<CollectionName> taken = new HashSet<>();
        for (Restored item : items) {
            if (!taken.add(item.target())) {
                throw MigratorException.unable(
                        Failure.USAGE,
                        "restore",
                        item.source().qualifiedName(),
                        "another collection is to become " + item.target() + ", too",
                        "Give each a name of its own with rename=.");
            }
        }
    }

    private MigratorException nothing() {
        return MigratorException.unable(
                Failure.NOT_FOUND,
                "restore",
                context.name(),
                "none of its collections is chosen",
                "Correct collection=, exclude= or target-collection=; the backup holds: "
                        + FirstNames.of(
                                backup.collections().stream()
                                        .map(CollectionInfo::qualifiedName)
                                        .toList(),
                                NAMES_SHOWN)
                        + ".");
    }

    private void requireKnown(CollectionName name, Collection<CollectionName> known, String where) {
        if (!known.contains(name)) {
            List<String> names =
                    known.stream().map(CollectionName::toString).sorted().toList();
            List<String> near = NearestName.of(name.toString(), names);
            throw MigratorException.unable(
                    Failure.NOT_FOUND,
                    "restore",
                    name.toString(),
                    "backup " + context.name() + " has no such collection"
                            + (near.isEmpty() ? "" : ", but " + String.join(", ", near)),
                    "Correct %s; the backup holds: %s.".formatted(where, FirstNames.of(names, NAMES_SHOWN)));
        }
    }
}
