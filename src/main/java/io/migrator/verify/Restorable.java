package io.migrator.verify;

import io.migrator.catalog.Finding;
import io.migrator.format.BackupInfo;
import io.migrator.format.CollectionInfo;
import io.migrator.format.PartitionInfo;
import io.migrator.format.VaultLayout;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of a damaged backup a restore still brings back.
 *
 * @param collections without any damage
 * @param partitions of the other collections, those without damage, by the collection's name
 */
record Restorable(List<String> collections, Map<String, List<String>> partitions) {
    /** Kinds that make every restore refuse. */
    private static final Set<Finding.Kind> OF_ALL = EnumSet.of(Finding.Kind.MANIFEST_DAMAGED);

    /** @param readable whether a restore can read the metas */
    static Restorable of(BackupInfo backup, boolean readable, List<Finding> findings, VaultLayout layout) {
        if (!readable || findings.stream().anyMatch(finding -> OF_ALL.contains(finding.kind()))) {
            return new Restorable(List.of(), Map.of());
        }
        Map<Long, List<String>> keys = new HashMap<>();
        findings.forEach(finding -> keys.computeIfAbsent(finding.collectionId(), id -> new ArrayList<>())
                .add(finding.key()));
        List<String> whole = new ArrayList<>();
        Map<String, List<String>> partly = new TreeMap<>();
        for (CollectionInfo collection : backup.collections()) {
            List<String> damaged = keys.getOrDefault(collection.collectionId(), List.of());
            if (damaged.isEmpty()) {
                whole.add(collection.qualifiedName());
                continue;
            }
            List<String> names = partitions(collection, damaged, layout);
            if (!names.isEmpty()) {
                partly.put(collection.qualifiedName(), names);
            }
        }
        return new Restorable(whole, partly);
    }

    /** None where something is damaged that concerns all partitions. */
    private static List<String> partitions(CollectionInfo collection, List<String> damaged, VaultLayout layout) {
        long id = collection.collectionId();
        List<String> whole = new ArrayList<>();
        int explained = 0;
        for (PartitionInfo partition : collection.partitions()) {
            String inserts = layout.insertPartitionDir(id, partition.partitionId());
            String deltas = layout.deltaPartitionDir(id, partition.partitionId());
            int own = (int) damaged.stream()
                    .filter(key -> key.startsWith(inserts) || key.startsWith(deltas))
                    .count();
            explained += own;
            if (own == 0) {
                whole.add(partition.name());
            }
        }
        return explained == damaged.size() ? whole : List.of();
    }

    boolean isEmpty() {
        return collections.isEmpty() && partitions.isEmpty();
    }
}
