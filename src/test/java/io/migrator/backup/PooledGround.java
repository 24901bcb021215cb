package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentModel;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.MetaJson;
import io.migrator.format.own.ObjectEntry;
import io.migrator.format.own.ObjectManifestReader;
import io.migrator.format.own.OwnJson;
import io.migrator.format.own.RunRecord;
import io.migrator.format.own.Seal;
import io.migrator.format.pool.RefsReader;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import io.migrator.format.pool.UnitTable;
import io.migrator.lab.Notes;
import io.migrator.launch.RunOutcome;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Incremental backups of a double, and what lies in the pool afterwards. */
final class PooledGround implements AutoCloseable {
    private static final int MOST = 1 << 24;

    private final SourceDouble source;

    PooledGround(SourceDouble source) {
        this.source = source;
    }

    SourceDouble source() {
        return source;
    }

    PoolLayout pool() {
        return new PoolLayout(source.vault().config().rootPath());
    }

    VaultLayout plain(String name) {
        return new VaultLayout(source.vault().config().rootPath(), name);
    }

    static String[] words(String name, String... more) {
        return Stream.concat(Stream.of("name=" + name, "collection=c*", "incremental=yes"), Stream.of(more))
                .toArray(String[]::new);
    }

    /** A backup that has to end well, and to be whole. */
    RunOutcome backup(String name, String... more) throws IOException {
        RunOutcome outcome = source.backup(words(name, more));
        assertThat(outcome.failure()).as(outcome.message()).isNull();
        requireWhole(name);
        return outcome;
    }

    /** The same, with the lines that it says. */
    List<String> toldBy(String name, String... more) throws IOException {
        Notes notes = new Notes();
        RunOutcome outcome = source.backup(notes, words(name, more));
        assertThat(outcome.failure()).as(outcome.message()).isNull();
        requireWhole(name);
        return notes.lines();
    }

    Failure failureOf(String name, String... more) {
        RunOutcome outcome = source.backup(words(name, more));
        assertThat(outcome.failure()).as(outcome.message()).isNotNull();
        return outcome.failure();
    }

    /** What the run of the backup says that it copied: objects. */
    long copied(String name) throws IOException {
        return run(name).pool().copied().objects();
    }

    long shared(String name) throws IOException {
        return run(name).pool().shared().objects();
    }

    RunRecord run(String name) throws IOException {
        return OwnJson.readRunRecord(source.vault().read(plain(name).runRecord(), MOST));
    }

    /** What the names of its own units end with. */
    String runOf(String name) {
        try {
            return run(name).pool().run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<UnitRef> refs(String name) throws IOException {
        List<UnitRef> refs = new ArrayList<>();
        try (RefsReader reader = new RefsReader(source.vault().open(plain(name).refs()))) {
            for (UnitRef ref = reader.next(); ref != null; ref = reader.next()) {
                refs.add(ref);
            }
        }
        return refs;
    }

    Set<Unit> units(String name) throws IOException {
        return refs(name).stream().map(UnitRef::unit).collect(Collectors.toSet());
    }

    BackupInfo meta(String name) throws IOException {
        return MetaJson.readFull(source.vault().read(pooled(name).meta(MetaFile.FULL), MOST));
    }

    private VaultLayout pooled(String name) throws IOException {
        try (RefsReader reader = new RefsReader(source.vault().open(plain(name).refs()))) {
            return plain(name).pooled(pool(), UnitTable.of(reader));
        }
    }

    /** All objects of the pool with their sizes and tags. */
    Map<String, StoredObject> objects() {
        try (Stream<StoredObject> all = source.vault().list(pool().dataDir())) {
            return all.collect(Collectors.toMap(StoredObject::key, object -> object));
        }
    }

    /** Metas, list, manifest, seal and pool say the same, and the metas have all rows of the source. */
    void requireWhole(String name) throws IOException {
        VaultLayout layout = pooled(name);
        assertThat(source.keys(name + "/"))
                .noneMatch(key -> key.startsWith(name + "/meta/") || key.contains("/binlogs/"));
        assertThat(source.vault().find(layout.marker())).isEmpty();
        Map<String, Long> told = new HashMap<>();
        for (CollectionInfo collection : meta(name).collections()) {
            Stream.concat(
                            collection.partitions().stream().flatMap(partition -> partition.segments().stream()),
                            collection.level0Segments().stream())
                    .flatMap(layout::files)
                    .forEach((VaultFile file) -> told.put(file.key(), file.size()));
        }
        Map<String, Long> there = new HashMap<>();
        objects().values().stream()
                .filter(object -> layout.owns(object.key()))
                .forEach(object -> there.put(object.key(), object.size()));
        assertThat(there).isEqualTo(told);
        assertThat(manifest(layout)).isEqualTo(told);
        assertThat(refs(name).stream().mapToLong(UnitRef::objects).sum()).isEqualTo(told.size());
        assertThat(copied(name) + shared(name)).isEqualTo(told.size());
        Set<String> sealed = new TreeSet<>();
        Seal.read(source.vault().read(layout.seal(), MOST)).files().forEach(file -> sealed.add(file.key()));
        assertThat(sealed).contains("migrator/refs.txt.gz", "migrator/meta/full_meta.json", "migrator/run.json");
    }

    private Map<String, Long> manifest(VaultLayout layout) throws IOException {
        Map<String, Long> entries = new HashMap<>();
        try (ObjectManifestReader reader =
                new ObjectManifestReader(source.vault().open(layout.objectManifest()))) {
            for (ObjectEntry one = reader.next(); one != null; one = reader.next()) {
                assertThat(one.sourceEtag()).isNotEmpty();
                entries.put(layout.ofManifest(one.key()), one.size());
            }
        }
        return entries;
    }

    /** Deletes written later to a segment that is there. */
    void addDelta(CollectionModel collection, SegmentModel segment, long log) {
        String dir = VaultLayout.milvusPartitionDir(
                source.bucket().config().rootPath(),
                "delta_log",
                collection.id(),
                segment.place().partition());
        String key = dir + segment.id() + "/" + log;
        source.bucket().write(key, ("delta " + log).getBytes(StandardCharsets.UTF_8));
    }

    /** As {@code delete} does: head first, list last. */
    void delete(String name) {
        List<String> keys = new ArrayList<>();
        try (Stream<StoredObject> all = source.vault().list(plain(name).backupDir())) {
            all.map(StoredObject::key).forEach(keys::add);
        }
        source.vault().delete(keys);
    }

    @Override
    public void close() {
        source.close();
    }
}
