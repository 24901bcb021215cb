package io.migrator.backup.plan;

import io.migrator.backup.state.BackupTables;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.FieldInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.selection.CollectionName;
import io.migrator.selection.Glob;
import io.migrator.selection.Selection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which partitions are meant by {@code partition=}: names, with {@code *} and {@code ?}; none given means all. */
public final class PartitionFilter {
    private final List<String> words;
    private final Selection collections;

    /**
     * @param list as it was given
     * @param collections the collections it is for
     */
    public PartitionFilter(String list, Selection collections) {
        this.collections = collections;
        words = Stream.of(list.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    boolean wants(PartitionInfo partition) {
        return words.isEmpty() || words.stream().anyMatch(word -> Glob.matches(word, partition.name()));
    }

    /**
     * The collection with the partitions that are meant. One with a partition key keeps all of them, some without rows:
     * Milvus makes these itself, and a restore needs their number.
     *
     * @throws MigratorException NOT_FOUND where the collection was named and has none of them: its backup would be empty
     */
    public CollectionInfo of(CollectionInfo collection) {
        if (!words.isEmpty()
                && named(collection)
                && collection.partitions().stream().noneMatch(this::wants)) {
            throw MigratorException.unable(
                    Failure.NOT_FOUND,
                    "back up",
                    collection.qualifiedName(),
                    "it has no partition " + String.join(" or ", words),
                    "Check partition=, or leave the collection out of collection=.");
        }
        boolean byKey = collection.schema().fields().stream().anyMatch(FieldInfo::partitionKey);
        return words.isEmpty() || byKey
                ? collection
                : collection.withData(
                        collection.partitions().stream().filter(this::wants).toList(),
                        collection.level0Segments(),
                        collection.size());
    }

    /** Whether the collection itself was asked for, maybe by an alias, and not just whatever answers to a pattern. */
    private boolean named(CollectionInfo collection) {
        CollectionName name = new CollectionName(collection.database(), collection.name());
        return collections.literals().contains(name)
                || collections.patterns().stream().noneMatch(pattern -> !pattern.literal() && pattern.matches(name));
    }

    /** NOT_FOUND where something was named that none of the collections has. */
    void requireAll(BackupTables tables) {
        if (!words.isEmpty()) {
            requireAll(tables.collections(), tables.leftOut().size());
        }
    }

    /**
     * The same of collections that are at hand.
     *
     * @param leftOut how many failed: what is said of these comes first where none is left
     */
    public void requireAll(List<CollectionInfo> collections, int leftOut) {
        if (collections.isEmpty() && leftOut > 0) {
            return;
        }
        Set<String> names = new HashSet<>();
        collections.forEach(collection -> collection.partitions().forEach(partition -> names.add(partition.name())));
        for (String word : words) {
            if (names.stream().noneMatch(name -> Glob.matches(word, name))) {
                throw MigratorException.unable(
                        Failure.NOT_FOUND,
                        "find partition",
                        word,
                        "none of the collections has it",
                        "Check partition=; without it all partitions are backed up.");
            }
        }
    }
}
