package io.migrator.retention;

import io.migrator.catalog.Catalog;
import io.migrator.config.StorageConfig;
import io.migrator.format.Samples;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.own.Marker;
import io.migrator.format.own.OwnJson;
import io.migrator.format.own.RunRecord;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A vault of backups that are little more than their small files: what retention looks at. */
public final class VaultOfBackups implements AutoCloseable {
    private final ObjectStore store;

    public VaultOfBackups(StorageConfig vault) {
        store = Stores.open(vault);
    }

    public ObjectStore store() {
        return store;
    }

    public Catalog catalog() {
        return new Catalog(store, store.config().rootPath());
    }

    public VaultLayout layout(String name) {
        return new VaultLayout(store.config().rootPath(), name);
    }

    /** One of milvus-backup's. */
    public void peers(String name) {
        peers(name, Samples.V0_5);
    }

    /** The same, of that version. */
    public void peers(String name, String sample) {
        for (MetaFile file : MetaFile.values()) {
            store.write(layout(name).meta(file), Samples.meta(sample, file));
        }
        store.write(layout(name).dataDir() + "insert_log/1/2/3/3/100/4", new byte[10]);
    }

    /** One of ours, of the collection {@code default.book}, with the rows of that moment. */
    public void complete(String name, Instant sealedAt) {
        put(name, new Made(sealedAt));
    }

    public void put(String name, Made made) {
        peers(name);
        write(layout(name).runRecord(), () -> OwnJson.write(made.record(name)));
    }

    /** One that is not complete: begun then, and left. */
    public void incomplete(String name, Instant startedAt, boolean deleting) {
        Marker marker = new Marker("run-" + name, "", "migrator", "1", "host-x", 1, startedAt, "a/files", deleting);
        write(layout(name).marker(), () -> OwnJson.write(marker));
        store.write(layout(name).dataDir() + "insert_log/1/2/3/3/100/4", new byte[10]);
    }

    /** How a backup was made. */
    public record Made(
            @Nullable Instant sealedAt,
            Instant startedAt,
            List<String> collections,
            List<String> missing,
            String source,
            String selection,
            String series,
            List<String> tags,
            long firstId,
            long objects) {
        public Made(Instant sealedAt) {
            this(
                    sealedAt,
                    sealedAt.plusSeconds(1),
                    List.of("book"),
                    List.of(),
                    "a/files",
                    "default.book",
                    "",
                    List.of(),
                    1,
                    1);
        }

        public Made of(String newSelection, String... newCollections) {
            return new Made(
                    sealedAt,
                    startedAt,
                    List.of(newCollections),
                    missing,
                    source,
                    newSelection,
                    series,
                    tags,
                    firstId,
                    objects);
        }

        public Made without(String... lacking) {
            return new Made(
                    sealedAt,
                    startedAt,
                    collections,
                    List.of(lacking),
                    source,
                    selection,
                    series,
                    tags,
                    firstId,
                    objects);
        }

        public Made from(String newSource) {
            return new Made(
                    sealedAt, startedAt, collections, missing, newSource, selection, series, tags, firstId, objects);
        }

        public Made called(String newSeries, String... newTags) {
            return new Made(
                    sealedAt,
                    startedAt,
                    collections,
                    missing,
                    source,
                    selection,
                    newSeries,
                    List.of(newTags),
                    firstId,
                    objects);
        }

        /** Of collections with other ids, as another Milvus gives them. */
        public Made with(long newFirstId) {
            return new Made(
                    sealedAt, startedAt, collections, missing, source, selection, series, tags, newFirstId, objects);
        }

        /** As of the metas alone. */
        public Made withoutObjects() {
            return new Made(sealedAt, startedAt, collections, missing, source, selection, series, tags, firstId, 0);
        }

        /** As a version before this one wrote it. */
        public Made untold() {
            return new Made(sealedAt, startedAt, collections, missing, source, "", "", List.of(), firstId, objects);
        }

        RunRecord record(String name) {
            return new RunRecord(
                    "run-" + name,
                    "id-" + name,
                    "migrator",
                    "1",
                    "host-x",
                    startedAt,
                    startedAt.plusSeconds(60),
                    "v2.5.10",
                    "server-side",
                    objects,
                    10 * objects,
                    1,
                    collections.stream()
                            .map(one -> new RunRecord.Collection(
                                    "default", one, firstId + collections.indexOf(one), 1, 1, 1, 10, sealedAt, 0))
                            .toList(),
                    missing.stream()
                            .map(one -> new RunRecord.Missing("default", one, "gone"))
                            .toList(),
                    source,
                    selection,
                    series,
                    tags,
                    false,
                    null);
        }
    }

    public List<String> keys(String name) {
        try (Stream<StoredObject> objects = store.list(layout(name).backupDir())) {
            return objects.map(object ->
                            object.key().substring(layout(name).backupDir().length()))
                    .toList();
        }
    }

    private interface Content {
        byte[] bytes() throws IOException;
    }

    private void write(String key, Content content) {
        try {
            store.write(key, content.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
