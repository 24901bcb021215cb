package io.migrator.reliability;

import io.migrator.catalog.BackupSummary.State;
import io.migrator.catalog.Catalog;
import io.migrator.config.BackupConfig;
import io.migrator.config.LogConfig;
import io.migrator.config.MigratorConfig;
import io.migrator.config.MilvusConfig;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.fake.data.BackupRows;
import io.migrator.fake.data.RowDigest;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.StoredRows;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.lab.LabCache;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two doubles of Milvus, a vault with a copy of it, and several state folders, all of it folders and sockets of this
 * process: the world that changes between two runs of one command.
 */
final class RepeatWorld implements AutoCloseable {
    static final String DATABASE = "default";
    private static final String ROOT = "backup";
    private static final int MOST_BYTES = 1 << 26;

    private final LocalFolders folders;
    private final FakeMilvus source;
    private final FakeMilvus target;
    private int nextRow;

    /** @param release of both doubles */
    RepeatWorld(Path folder, String release) {
        folders = new LocalFolders(folder);
        for (String bucket : new String[] {"milvus-a", "milvus-b", "vault", "copy"}) {
            folders.createBucket(bucket);
        }
        try {
            Files.createSymbolicLink(folder.resolve("link"), folder.resolve("vault"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        source = FakeMilvus.start(new FakeSettings(release, folders.storage(Side.MILVUS, "milvus-a", "files")));
        target = FakeMilvus.start(new FakeSettings(release, folders.storage(Side.MILVUS, "milvus-b", "files")));
    }

    /**
     * What a collection is at one moment.
     *
     * @param rows those that are flushed
     * @param growing number of those in memory
     */
    record Content(long id, RowDigest rows, long growing) {
        long total() {
            return rows.rows() + growing;
        }

        /** Whether nothing came, went or was replaced; rows in memory may have been flushed. */
        boolean isStill(@Nullable Content later) {
            return later != null
                    && id == later.id
                    && total() == later.total()
                    && (growing > 0 || rows.equals(later.rows));
        }
    }

    FakeMilvus source() {
        return source;
    }

    FakeMilvus target() {
        return target;
    }

    /** A new collection with some rows. */
    CollectionModel fill(FakeMilvus server, String name, int rows) {
        CollectionModel made = server.filling().collection(DATABASE, TypedSchemas.small(name));
        if (rows > 0) {
            insert(server, name, rows);
        }
        return made;
    }

    /** Rows that nobody had before, flushed. */
    void insert(FakeMilvus server, String name, int rows) {
        CollectionModel into = server.model().requireDatabase(DATABASE).require(name);
        SegmentRows content = SegmentRows.of(rows, nextRow, nextRow);
        nextRow += rows;
        server.filling().segment(into, "_default", Kind.PLAIN, new SegmentWriter(into.schema()).rows(content));
    }

    /** Rows that nobody had before, in memory only: statistics do not count them. */
    void insertGrowing(FakeMilvus server, String name, int rows) {
        CollectionModel into = server.model().requireDatabase(DATABASE).require(name);
        SegmentRows content = SegmentRows.of(rows, nextRow, nextRow);
        nextRow += rows;
        server.filling().growing(into, "_default", Kind.PLAIN, rows, new SegmentWriter(into.schema()).rows(content));
    }

    void drop(FakeMilvus server, String name) {
        server.model().requireDatabase(DATABASE).find(name).ifPresent(server.model()::drop);
    }

    /** All collections of the target. */
    Map<String, Content> targets() {
        Map<String, Content> all = new TreeMap<>();
        for (CollectionModel each : target.model().requireDatabase(DATABASE).collections()) {
            long growing = each.segments().stream()
                    .filter(segment -> each.flushing().growing().containsKey(segment.id()))
                    .mapToLong(segment -> segment.rows())
                    .sum();
            all.put(each.name(), new Content(each.id(), new StoredRows(target.model()).digest(each), growing));
        }
        return all;
    }

    /** What the files of a complete backup hold, by collection; empty where there is none. */
    Map<String, RowDigest> held(String vault, String backup) {
        Map<String, RowDigest> held = new TreeMap<>();
        StorageConfig config = folders.storage(Side.VAULT, vault, ROOT);
        try (ObjectStore store = Stores.open(config)) {
            boolean whole = new Catalog(store, store.config().rootPath())
                    .list().stream()
                            .anyMatch(one -> one.name().equals(backup)
                                    && (one.state() == State.COMPLETE || one.state() == State.PARTIAL));
            if (whole) {
                BackupRows rows =
                        new BackupRows(new VaultLayout(config.rootPath(), backup), key -> store.read(key, MOST_BYTES));
                for (CollectionInfo each : new Catalog(store, store.config().rootPath())
                        .read(backup)
                        .collections()) {
                    held.put(each.name(), rows.digest(each));
                }
            }
        }
        return held;
    }

    /** Makes the vault {@code copy} what {@code vault} is now: other entity tags, the same content. */
    void copyVault() {
        Path from = folders.parent().resolve("vault");
        Path to = folders.parent().resolve("copy");
        try {
            LabCache.deleteTree(to);
            try (Stream<Path> files = Files.walk(from)) {
                for (Path each : (Iterable<Path>) files::iterator) {
                    Path copy = to.resolve(from.relativize(each).toString());
                    if (Files.isDirectory(each)) {
                        Files.createDirectories(copy);
                    } else {
                        Files.copy(each, copy);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void deleteBackup(String name) {
        try (ObjectStore store = Stores.open(folders.storage(Side.VAULT, "vault", ROOT))) {
            Catalog catalog = new Catalog(store, store.config().rootPath());
            if (catalog.exists(name)) {
                catalog.delete(name);
            }
        }
    }

    JobRequest backup(String... words) {
        return request(JobKind.BACKUP, source.config(), "milvus-a", "vault", "state", words);
    }

    /**
     * @param host how the target is spelled
     * @param vault {@code vault}, {@code link}, which is another way to it, or {@code copy}
     * @param state name of a state folder
     */
    JobRequest restore(String host, String vault, String state, String... words) {
        MilvusConfig milvus =
                MilvusConfig.plain(host, target.port(), "", target.config().password());
        return request(JobKind.RESTORE, milvus, "milvus-b", vault, state, words);
    }

    private JobRequest request(
            JobKind job, MilvusConfig milvus, String bucket, String vault, String state, String... words) {
        Map<String, String> values = new HashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            values.put(word.substring(0, equals), word.substring(equals + 1));
        }
        if (job == JobKind.BACKUP) {
            values.putIfAbsent("gc-pause", "off");
        }
        MigratorConfig config = new MigratorConfig(
                milvus,
                folders.storage(Side.MILVUS, bucket, "files"),
                folders.storage(Side.VAULT, vault, ROOT),
                new BackupConfig(8, 2, 4, 2, 16, false, false, "", 256, ""),
                new LogConfig("error", false, "", 1, 1, 1));
        return new JobRequest(job, values, config, folders.parent().resolve(state));
    }

    @Override
    public void close() {
        source.close();
        target.close();
    }
}
