package io.migrator.catalog;

import io.migrator.catalog.ExpectedFiles.Expected;
import io.migrator.catalog.ExpectedFiles.Listing;
import io.migrator.catalog.Finding.Kind;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.layout.KeyOrder;
import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.own.ObjectEntry;
import io.migrator.format.own.ObjectManifestReader;
import io.migrator.format.pool.Unit;
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
import java.util.function.Consumer;
import java.util.function.Predicate;
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
    private final FileVisitor visitor;
    private final ExpectedFiles files;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Long, Long> problems = new HashMap<>();
    private long told;
    private long objects;
    private long bytes;
    private @Nullable ManifestCursor manifest;

    FileComparison(ObjectStore vault, VaultLayout layout, FileVisitor visitor) {
        this(vault, layout, unit -> true, visitor);
    }

    /** @param wanted which units of the pool to look at; others are proven elsewhere */
    FileComparison(ObjectStore vault, VaultLayout layout, Predicate<Unit> wanted, FileVisitor visitor) {
        this.vault = vault;
        this.layout = layout;
        this.visitor = visitor;
        this.files = new ExpectedFiles(layout, wanted);
    }

    /** Looks at these collections only. */
    FileCheck run(BackupInfo backup, Set<Long> collectionIds, boolean withManifest) {
        List<CollectionInfo> collections = sorted(
                backup.collections().stream().filter(collection -> collectionIds.contains(collection.collectionId())));
        collections.forEach(new SegmentShape(layout, false, this::add)::check);
        layout.units().ifPresent(units -> new UnitShape(layout, units, this::add)
                .check(collections, collectionIds::contains));
        return run(() -> compare(files.of(collections)), withManifest, entry -> {});
    }

    /** Looks at all there is, and at what is of no collection. */
    FileCheck runWhole(BackupInfo backup, boolean withManifest) {
        List<CollectionInfo> collections = sorted(backup.collections().stream());
        collections.forEach(new SegmentShape(layout, true, this::add)::check);
        new SizeTotals(layout, this::add).check(backup);
        layout.units().ifPresent(units -> new UnitShape(layout, units, this::add).check(collections, id -> true));
        return run(() -> compare(files.whole(collections)), withManifest, this::inNoMeta);
    }

    private List<CollectionInfo> sorted(Stream<CollectionInfo> collections) {
        return collections
                .sorted(Comparator.comparing(collection -> layout.insertCollectionDir(collection.collectionId())))
                .toList();
    }

    private FileCheck run(Runnable comparison, boolean withManifest, Consumer<ObjectEntry> unasked) {
        if (withManifest) {
            compareWithManifest(comparison, unasked);
        } else {
            comparison.run();
        }
        return new FileCheck(objects, bytes, problems, findings, manifest != null);
    }

    private void compareWithManifest(Runnable comparison, Consumer<ObjectEntry> unasked) {
        try (ObjectManifestReader reader = new ObjectManifestReader(vault.open(layout.objectManifest()))) {
            manifest = new ManifestCursor(reader, unasked);
            comparison.run();
            drainManifest();
            return;
        } catch (DamagedMetaException e) {
            dropManifest(e);
        } catch (IOException e) {
            throw unreachable(e);
        }
        comparison.run();
    }

    private void inNoMeta(ObjectEntry entry) {
        String detail = "the object manifest has this file, and no segment of the metas";
        String key = layout.ofManifest(entry.key());
        if (layout.owns(key) && !files.owns(key)) {
            return;
        }
        add(Kind.METAS_DISAGREE, layout.collectionOf(key), key, detail);
    }

    private void compare(Stream<Listing> listings) {
        listings.forEachOrdered(each -> compare(each.dir(), each.files()));
    }

    private void compare(String dir, Stream<Expected> expected) {
        try (Stream<StoredObject> listing = vault.list(dir)) {
            Iterator<Expected> wanted = expected.iterator();
            Iterator<StoredObject> present = listing.iterator();
            Expected next = wanted.hasNext() ? wanted.next() : null;
            StoredObject object = present.hasNext() ? present.next() : null;
            while (next != null || object != null) {
                int order = next == null
                        ? 1
                        : object == null
                                ? -1
                                : KeyOrder.UTF8.compare(next.file().key(), object.key());
                if (next != null && order <= 0) {
                    objects++;
                    bytes += next.file().size();
                    compare(next, order < 0 ? null : object);
                    next = wanted.hasNext() ? wanted.next() : null;
                }
                if (object != null && order >= 0) {
                    if (order > 0 && files.owns(object.key())) {
                        String detail = "no segment of the backup has this file";
                        add(Kind.STRANGER, layout.collectionOf(object.key()), object.key(), detail);
                    }
                    object = present.hasNext() ? present.next() : null;
                }
            }
        }
    }

    private void compare(Expected next, @Nullable StoredObject object) {
        long before = told;
        Optional<ObjectEntry> proved = proved(next.file());
        if (object == null) {
            add(Kind.MISSING, next, "the object is missing");
        } else if (next.file().size() != object.size()) {
            add(
                    Kind.WRONG_SIZE,
                    next,
                    "has " + object.size() + " bytes instead of " + next.file().size());
        } else if (manifest != null && proved.isEmpty()) {
            add(Kind.NOT_IN_MANIFEST, next, "the object manifest does not have it");
        } else if (proved.isPresent()) {
            compare(next, object, proved.get());
        }
        if (object != null && told == before) {
            visitor.found(next.segment(), next.file(), object, proved.orElse(null));
        }
    }

    private void compare(Expected next, StoredObject object, ObjectEntry proved) {
        Checksum checksum = proved.checksum();
        if (proved.size() != object.size()) {
            add(Kind.METAS_DISAGREE, next, "has " + proved.size() + " bytes by the object manifest");
        } else if (differ(proved.etag(), object.etag())) {
            add(Kind.WRONG_ETAG, next, "has entity tag " + object.etag() + " instead of " + proved.etag());
        } else if (checksum != null && checksum.contradicts(object.checksum())) {
            add(Kind.CHECKSUM, next, "has the checksum " + object.checksum() + " by the store, instead of " + checksum);
        }
    }

    private Optional<ObjectEntry> proved(VaultFile file) {
        if (manifest == null) {
            return Optional.empty();
        }
        try {
            return manifest.find(layout.inManifest(file.key()));
        } catch (DamagedMetaException e) {
            dropManifest(e);
            return Optional.empty();
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

    private void add(Kind kind, Expected file, String detail) {
        add(kind, file.segment().collectionId(), file.file().key(), detail);
    }

    private void add(Kind kind, long collection, String key, String detail) {
        add(new Finding(kind, collection, key, detail));
    }

    private void add(Finding finding) {
        told++;
        visitor.wrong(finding);
        boolean first = problems.merge(finding.collectionId(), 1L, Long::sum) == 1;
        if (first || findings.size() < MOST_FINDINGS) {
            findings.add(finding);
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
}
