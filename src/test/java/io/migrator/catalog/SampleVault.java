package io.migrator.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.own.Marker;
import io.migrator.format.own.ObjectEntry;
import io.migrator.format.own.ObjectManifestWriter;
import io.migrator.format.own.OwnJson;
import io.migrator.format.own.RunRecord;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A vault on a real server, filled with copies of milvus-backup's own backups. */
final class SampleVault {
    static final Instant STARTED = Instant.parse("2026-11-23T05:06:07Z");

    private final ObjectStore store;
    private final String root;

    SampleVault(ObjectStore store, String root) {
        this.store = store;
        this.root = root;
    }

    VaultLayout layout(String name) {
        return new VaultLayout(root, name);
    }

    void putSample(String sample, String name) throws IOException, URISyntaxException {
        Path dir = Path.of(Objects.requireNonNull(SampleVault.class.getResource("/samples/" + sample))
                .toURI());
        try (Stream<Path> files = Files.walk(dir)) {
            files.filter(Files::isRegularFile).parallel().forEach(file -> {
                try {
                    String relative = dir.relativize(file).toString().replace('\\', '/');
                    store.write(layout(name).backupDir() + relative, Files.readAllBytes(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    void putMarker(String name) throws IOException {
        Marker marker = new Marker(
                "run", "backup name=" + name, "migrator", "0.1.0", "host-a", 4711, STARTED, "milvus-a/files", false);
        store.write(layout(name).marker(), OwnJson.write(marker));
    }

    void putRunRecord(String name, BackupInfo backup) throws IOException {
        List<RunRecord.Collection> collections = backup.collections().stream()
                .map(collection -> new RunRecord.Collection(
                        collection.database(), collection.name(), collection.collectionId(), 1, 1, 1, 1, null, 0))
                .toList();
        RunRecord run = new RunRecord(
                "run",
                "id",
                "migrator",
                "0.1.0",
                "host-a",
                STARTED,
                STARTED,
                "v2.3.5",
                "server-side",
                1,
                1,
                1,
                collections,
                List.of(),
                "milvus-a/files",
                "",
                "",
                List.of(),
                false,
                null);
        store.write(layout(name).runRecord(), OwnJson.write(run));
    }

    /** The object manifest of what lies there now. */
    void putManifest(String name) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String dir = layout(name).backupDir();
        try (Stream<StoredObject> objects = store.list(layout(name).dataDir());
                ObjectManifestWriter manifest = new ObjectManifestWriter(out)) {
            for (StoredObject object : objects.toList()) {
                String key = object.key().substring(dir.length());
                manifest.write(
                        new ObjectEntry(key, object.size(), object.etag(), "files/" + key, "", object.checksum()));
            }
            manifest.finish();
        }
        store.write(layout(name).objectManifest(), out.toByteArray());
    }

    void put(String key, String content) {
        store.write(key, content.getBytes(UTF_8));
    }

    List<StoredObject> objects(String prefix) {
        try (Stream<StoredObject> objects = store.list(prefix)) {
            return objects.toList();
        }
    }
}
