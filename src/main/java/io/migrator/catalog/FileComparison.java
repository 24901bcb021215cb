package io.migrator.catalog;

import io.migrator.catalog.Finding.Kind;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.BackupInfo;
import io.migrator.format.CollectionInfo;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.KeyOrder;
import io.migrator.format.ObjectEntry;
import io.migrator.format.ObjectManifestReader;
import io.migrator.format.SegmentInfo;
import io.migrator.format.VaultFile;
import io.migrator.format.VaultLayout;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a backup says with what lies in the vault: the files of the metas, the listing and the object manifest
 * are walked side by side, all in ascending order of keys, so that only the segments are ever sorted in memory.
 */
final class FileComparison {
    private static final int MOST_FINDINGS = 1000;

    private final ObjectStore vault;
    private final VaultLayout layout;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Long, Long> problems = new HashMap<>();
    private long objects;
    private long bytes;
    private @Nullable ManifestCursor manifest;

    FileComparison(ObjectStore vault, VaultLayout layout) {
        this.vault = vault;
        this.layout = layout;
    }

    FileCheck run(BackupInfo backup, Set<Long> collectionIds, boolean withManifest) {
        List<CollectionInfo> collections = backup.collections().stream()
                .filter(collection -> collectionIds.contains(collection.collectionId()))
                .sorted(Comparator.comparing(collection -> layout.insertCollectionDir(collection.collectionId())))
                .toList();
        if (withManifest) {
            compareWithManifest(collections);
        } else {
            compare(collections);
        }
        return new FileCheck(objects, bytes, problems, findings, manifest != null);
    }

    private void compareWithManifest(List<CollectionInfo> collections) {
        try (ObjectManifestReader reader = new ObjectManifestReader(vault.open(layout.objectManifest()))) {
            manifest = new ManifestCursor(reader);
            compare(collections);
            drainManifest();
            return;
        } catch (DamagedMetaException e) {
            dropManifest(e);
        } catch (IOException e) {
            throw unreachable(e);
        }
        compare(collections);
    }

    // The manifest is in key order, so all delta logs come before all insert logs.
    private void compare(List<CollectionInfo> collections) {
        for (CollectionInfo collection : collections) {
            compare(
                    collection.collectionId(),
                    layout.deltaCollectionDir(collection.collectionId()),
                    expected(collection, layout::deltaSegmentDir, layout::deltaFiles));
        }
        for (CollectionInfo collection : collections) {
            compare(
                    collection.collectionId(),
                    layout.insertCollectionDir(collection.collectionId()),
                    expected(collection, layout::insertSegmentDir, layout::insertFiles));
        }
    }

    private static Stream<VaultFile> expected(
            CollectionInfo collection,
            Function<SegmentInfo, String> dir,
            Function<SegmentInfo, Stream<VaultFile>> files) {
        Stream<SegmentInfo> inPartitions =
                collection.partitions().stream().flatMap(partition -> partition.segments().stream());
        return Stream.concat(inPartitions, collection.level0Segments().stream())
                .map(segment -> new Located(segment, dir.apply(segment)))
                .sorted(Comparator.comparing(Located::dir, KeyOrder.UTF8))
                .flatMap(located ->
                        files.apply(located.segment).sorted(Comparator.comparing(VaultFile::key, KeyOrder.UTF8)));
    }

    private void compare(long collection, String dir, Stream<VaultFile> expected) {
        try (Stream<StoredObject> listing = vault.list(dir)) {
            Iterator<VaultFile> wanted = expected.iterator();
            Iterator<StoredObject> present = listing.iterator();
            VaultFile file = wanted.hasNext() ? wanted.next() : null;
            StoredObject object = present.hasNext() ? present.next() : null;
            while (file != null || object != null) {
                int order = file == null ? 1 : object == null ? -1 : KeyOrder.UTF8.compare(file.key(), object.key());
                if (file != null && order <= 0) {
                    objects++;
                    bytes += file.size();
                    if (order < 0 || object == null) {
                        add(Kind.MISSING, collection, file.key(), "the object is missing");
                    } else {
                        compare(collection, file, object);
                    }
                    file = wanted.hasNext() ? wanted.next() : null;
                }
                if (object != null && order >= 0) {
                    if (order > 0) {
                        add(Kind.STRANGER, collection, object.key(), "no segment of the backup has this file");
                    }
                    object = present.hasNext() ? present.next() : null;
                }
            }
        }
    }

    private void compare(long collection, VaultFile file, StoredObject object) {
        if (file.size() != object.size()) {
            String detail = "has " + object.size() + " bytes instead of " + file.size();
            add(Kind.WRONG_SIZE, collection, file.key(), detail);
            return;
        }
        if (manifest == null) {
            return;
        }
        try {
            Optional<ObjectEntry> proved =
                    manifest.find(file.key().substring(layout.backupDir().length()));
            if (proved.isEmpty()) {
                add(Kind.NOT_IN_MANIFEST, collection, file.key(), "the object manifest does not have it");
            } else if (differ(proved.get().etag(), object.etag())) {
                String detail = "has entity tag " + object.etag() + " instead of "
                        + proved.get().etag();
                add(Kind.WRONG_ETAG, collection, file.key(), detail);
            }
        } catch (DamagedMetaException e) {
            dropManifest(e);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private static boolean differ(String proved, String found) {
        return !proved.isEmpty() && !found.isEmpty() && !proved.equals(found);
    }

    private void drainManifest() throws IOException {
        if (manifest != null) {
            try {
                manifest.drain();
            } catch (DamagedMetaException e) {
                dropManifest(e);
            }
        }
    }

    private void dropManifest(DamagedMetaException fault) {
        manifest = null;
        add(Kind.MANIFEST_DAMAGED, 0, layout.objectManifest(), String.valueOf(fault.getMessage()));
    }

    private void add(Kind kind, long collection, String key, String detail) {
        boolean first = problems.merge(collection, 1L, Long::sum) == 1;
        if (first || findings.size() < MOST_FINDINGS) {
            findings.add(new Finding(kind, collection, key, detail));
        }
    }

    private MigratorException unreachable(IOException fault) {
        return MigratorException.unable(
                Failure.UNREACHABLE,
                "read",
                layout.objectManifest(),
                "the connection broke: " + fault.getMessage(),
                "Run the command again.",
                fault);
    }

    private record Located(SegmentInfo segment, String dir) {}
}
