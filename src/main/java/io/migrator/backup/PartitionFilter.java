package io.migrator.backup;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.CollectionInfo;
import io.migrator.format.FieldInfo;
import io.migrator.format.Glob;
import io.migrator.format.PartitionInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which partitions are meant by {@code partition=}: names, with {@code *} and {@code ?}; none given means all. */
final class PartitionFilter {
    private final List<String> words;

    PartitionFilter(String list) {
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
     */
    CollectionInfo of(CollectionInfo collection) {
        boolean byKey = collection.schema().fields().stream().anyMatch(FieldInfo::partitionKey);
        return words.isEmpty() || byKey
                ? collection
                : collection.withData(
                        collection.partitions().stream().filter(this::wants).toList(),
                        collection.level0Segments(),
                        collection.size());
    }

    /** NOT_FOUND where something was named that none of the collections has. */
    void requireAll(BackupTables tables) {
        requireAll(words.isEmpty() ? List.of() : tables.collections());
    }

    /** The same of collections that are at hand. */
    void requireAll(List<CollectionInfo> collections) {
        if (collections.isEmpty()) {
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
