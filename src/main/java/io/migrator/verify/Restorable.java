package io.migrator.verify;

import io.migrator.catalog.Finding;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.PartitionInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of a damaged backup a restore still brings back. Told every finding, of which there may be millions, it keeps which
 * partitions they lie in.
 */
final class Restorable {
    private static final String NO_SINGLE_PARTITION = "";

    private final VaultLayout layout;
    private final List<CollectionInfo> all;
    private final boolean sealed;
    private final boolean keyed;
    /** By collection, names of the directories of partitions. */
    private final Map<Long, Set<String>> damaged = new HashMap<>();

    private boolean readable;

    /**
     * @param all collections that the backup has
     * @param readable whether a restore can read the metas
     * @param sealed whether a restore holds the files that it reads against a seal
     * @param keyed whether that is by a key: then no other meta stands in for full_meta.json
     */
    Restorable(VaultLayout layout, List<CollectionInfo> all, boolean readable, boolean sealed, boolean keyed) {
        this.layout = layout;
        this.all = List.copyOf(all);
        this.readable = readable;
        this.sealed = sealed;
        this.keyed = keyed;
    }

    void damaged(Finding finding) {
        readable &= !refused(finding);
        long id = finding.collectionId();
        damaged.computeIfAbsent(id, any -> new HashSet<>()).add(partition(id, finding.key()));
    }

    /** Damage that every restore refuses, whatever it is of. */
    private boolean refused(Finding finding) {
        boolean refs = layout.isPooled() && finding.key().equals(layout.refs());
        boolean read = refs
                || finding.key().equals(layout.runRecord())
                || finding.key().equals(layout.objectManifest());
        return switch (finding.kind()) {
            case MANIFEST_DAMAGED, SEAL_KEY -> true;
            case CHECKSUM, META_DAMAGED -> read;
            case MISSING -> refs || (read && sealed) || (keyed && finding.key().equals(layout.meta(MetaFile.FULL)));
            default -> false;
        };
    }

    private String partition(long collection, String key) {
        for (String dir : List.of(layout.insertCollectionDir(collection), layout.deltaCollectionDir(collection))) {
            int end = key.startsWith(dir) ? key.indexOf('/', dir.length()) : -1;
            if (end > 0) {
                return key.substring(dir.length(), end);
            }
        }
        return NO_SINGLE_PARTITION;
    }

    /** Collections without any damage, by their qualified names. */
    List<String> collections() {
        return all.stream()
                .filter(collection -> readable && !damaged.containsKey(collection.collectionId()))
                .map(CollectionInfo::qualifiedName)
                .toList();
    }

    /** Partitions without damage of the other collections, by the collection's qualified name. */
    Map<String, List<String>> partitions() {
        Map<String, List<String>> partly = new TreeMap<>();
        for (CollectionInfo collection : all) {
            List<String> whole = whole(collection);
            if (readable && !whole.isEmpty()) {
                partly.put(collection.qualifiedName(), whole);
            }
        }
        return partly;
    }

    /** None where nothing is damaged, or something that concerns all partitions. */
    private List<String> whole(CollectionInfo collection) {
        Set<String> unexplained = new HashSet<>(damaged.getOrDefault(collection.collectionId(), Set.of()));
        List<String> whole = new ArrayList<>();
        boolean any = !unexplained.isEmpty();
        for (PartitionInfo partition : collection.partitions()) {
            if (!unexplained.remove(String.valueOf(partition.partitionId()))) {
                whole.add(partition.name());
            }
        }
        return any && unexplained.isEmpty() ? whole : List.of();
    }
}
