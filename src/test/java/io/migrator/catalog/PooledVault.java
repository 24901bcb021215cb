package io.migrator.catalog;

import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.own.ObjectEntry;
import io.migrator.format.own.ObjectManifestReader;
import io.migrator.format.own.ObjectManifestWriter;
import io.migrator.format.own.OwnJson;
import io.migrator.format.own.PoolShare;
import io.migrator.format.own.RunRecord;
import io.migrator.format.own.Seal;
import io.migrator.format.pool.PoolNote;
import io.migrator.format.pool.RefsReader;
import io.migrator.format.pool.RefsWriter;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitDigest;
import io.migrator.format.pool.UnitRef;
import io.migrator.format.pool.UnitTable;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Turns ordinary backups of a vault into incremental ones, as docs/format.md describes them, for those who read such. */
public final class PooledVault {
    private static final int MOST = 1 << 26;
    private static final Instant MADE = Instant.parse("2026-11-23T05:06:07Z");

    private final ObjectStore store;
    private final String root;
    private final PoolLayout pool;
    private int runs;

    public PooledVault(ObjectStore store) {
        this.store = store;
        this.root = store.config().rootPath();
        this.pool = new PoolLayout(root);
    }

    public PoolLayout pool() {
        return pool;
    }

    /** An ordinary backup of milvus-backup's, as {@link io.migrator.format.Samples} has it. */
    public void put(String sample, String name) throws IOException, URISyntaxException {
        new SampleVault(store, root).putSample(sample, name);
    }

    /** Where the files of a backup of the pool lie. */
    public VaultLayout layout(String name) {
        try (RefsReader reader = new RefsReader(store.open(plain(name).refs()))) {
            return plain(name).pooled(pool, UnitTable.of(reader));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The units that a backup names. */
    public List<UnitRef> refs(String name) {
        List<UnitRef> refs = new ArrayList<>();
        try (RefsReader reader = new RefsReader(store.open(plain(name).refs()))) {
            for (UnitRef ref = reader.next(); ref != null; ref = reader.next()) {
                refs.add(ref);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return refs;
    }

    /** Writes the list of units of a backup, in place of the one that is there; the seal stays as it was. */
    public void writeRefs(String name, List<UnitRef> refs) {
        store.write(plain(name).refs(), bytes(out -> {
            try (RefsWriter writer = new RefsWriter(out, "%012x".formatted(0xabcL))) {
                for (UnitRef ref : refs.stream()
                        .sorted((a, b) -> a.unit().compareTo(b.unit()))
                        .toList()) {
                    writer.write(ref);
                }
                writer.finish();
            }
        }));
    }

    /**
     * Turns an ordinary backup into one of the pool.
     *
     * @param parents backups of the pool, of which units with the same content are shared
     */
    public void pool(String name, String... parents) {
        if (store.find(pool.note()).isEmpty()) {
            store.write(pool.note(), bytes(out -> out.write(OwnJson.write(new PoolNote(1, MADE, "migrator", "2")))));
        }
        new Conversion(name, parents).run();
    }

    private VaultLayout plain(String name) {
        return new VaultLayout(root, name);
    }

    private interface Content {
        void writeTo(ByteArrayOutputStream out) throws IOException;
    }

    private static byte[] bytes(Content content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            content.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private final class Conversion {
        private final VaultLayout from;
        private final BackupInfo backup;
        private final String run = "%012x".formatted(0xabc000 + ++runs);
        private final Map<String, UnitRef> inherited = new HashMap<>();
        private final Map<String, ObjectEntry> before = new HashMap<>();
        private final Map<String, UnitRef> refs = new TreeMap<>();
        private final Map<String, ObjectEntry> entries = new TreeMap<>();
        private final List<PoolShare.Parent> parents = new ArrayList<>();
        private final long[] copied = new long[3];
        private final long[] shared = new long[3];

        Conversion(String name, String... parentNames) {
            from = plain(name);
            Catalog catalog = new Catalog(store, root);
            backup = catalog.read(name);
            before.putAll(manifest(from));
            for (String parent : parentNames) {
                refs(parent).forEach(ref -> inherited.put(content(ref.unit()), ref));
                parents.add(new PoolShare.Parent(
                        parent, catalog.runRecord(parent).orElseThrow().runId()));
                manifest(plain(parent)).forEach((key, entry) -> before.put("parent/" + key, entry));
            }
        }

        void run() {
            backup.collections().forEach(collection -> Stream.concat(
                            collection.partitions().stream().flatMap(partition -> partition.segments().stream()),
                            collection.level0Segments().stream())
                    .forEach(segment -> {
                        move(segment, Unit.Kind.INSERT, from.insertSegmentDir(segment), from.insertFiles(segment));
                        move(segment, Unit.Kind.DELTA, from.deltaSegmentDir(segment), from.deltaFiles(segment));
                    }));
            store.write(from.refs(), bytes(out -> {
                try (RefsWriter writer = new RefsWriter(out, run)) {
                    for (UnitRef ref : refs.values()) {
                        writer.write(ref);
                    }
                    writer.finish();
                }
            }));
            store.write(from.objectManifest(), bytes(out -> {
                try (ObjectManifestWriter writer = new ObjectManifestWriter(out)) {
                    for (ObjectEntry entry : entries.values()) {
                        writer.write(entry);
                    }
                    writer.finish();
                }
            }));
            store.write(from.runRecord(), bytes(out -> out.write(OwnJson.write(record()))));
            for (MetaFile file : MetaFile.values()) {
                store.write(from.ownDir() + "meta/" + file.fileName(), store.read(from.meta(file), MOST));
            }
            store.delete(keys(from.metaDir()));
            seal();
        }

        private void move(SegmentInfo segment, Unit.Kind kind, String dir, Stream<VaultFile> of) {
            List<VaultFile> files = of.toList();
            if (files.isEmpty()) {
                return;
            }
            List<UnitDigest.File> digested =
                    files.stream().map(file -> digested(file, dir)).toList();
            Unit own = new Unit(
                    segment.collectionId(),
                    segment.partitionId(),
                    segment.segmentId(),
                    kind,
                    UnitDigest.of(kind, digested),
                    run);
            UnitRef ref = new UnitRef(
                    own, files.size(), files.stream().mapToLong(VaultFile::size).sum());
            UnitRef there = inherited.get(content(own));
            long[] amount = there == null ? copied : shared;
            amount[0]++;
            amount[1] += ref.objects();
            amount[2] += ref.bytes();
            Unit unit = there == null ? own : there.unit();
            refs.put(unit.path() + "/", there == null ? ref : there);
            String target = pool.segmentDir(unit);
            for (VaultFile file : files) {
                String key = target + file.key().substring(dir.length());
                StoredObject object = there == null
                        ? store.write(key, store.read(file.key(), MOST))
                        : store.find(key).orElseThrow();
                enter(file, key, object);
            }
            store.delete(files.stream().map(VaultFile::key).toList());
        }

        private void enter(VaultFile file, String key, StoredObject object) {
            String relative = key.substring(pool.dataDir().length());
            ObjectEntry old = Optional.ofNullable(before.get("parent/" + relative))
                    .orElse(before.get(from.inManifest(file.key())));
            Checksum md5 = ContentDigest.of(store.read(key, MOST), Checksum.MD5);
            entries.put(
                    relative,
                    new ObjectEntry(
                            relative,
                            file.size(),
                            StoredObject.lastingEtag(object.etag()),
                            old == null ? "files/" + relative : old.source(),
                            old == null ? "" : old.sourceEtag(),
                            md5));
        }

        private UnitDigest.File digested(VaultFile file, String dir) {
            String[] rest = file.key().substring(dir.length()).split("/", -1);
            ObjectEntry old = before.get(from.inManifest(file.key()));
            String etag = old == null || old.sourceEtag().isEmpty()
                    ? ContentDigest.of(store.read(file.key(), MOST), Checksum.MD5)
                            .toString()
                    : old.sourceEtag();
            long field = rest.length == 1 ? 0 : Long.parseLong(rest[0]);
            return new UnitDigest.File(field, Long.parseLong(rest[rest.length - 1]), file.size(), etag);
        }

        private RunRecord record() {
            PoolShare share = new PoolShare(run, parents, amount(copied), amount(shared));
            return PooledRun.record(new Catalog(store, root).runRecord(from.name()), from, backup, share);
        }

        private void seal() {
            List<Seal.SealedFile> files = keys(from.ownDir()).stream()
                    .filter(key -> !key.equals(from.seal()) && !from.tellsOfUse(key))
                    .map(key -> {
                        byte[] content = store.read(key, MOST);
                        return new Seal.SealedFile(
                                key.substring(from.backupDir().length()),
                                content.length,
                                ContentDigest.of(content, Checksum.SHA256));
                    })
                    .toList();
            store.write(from.seal(), new Seal(record().runId(), files).write());
        }
    }

    private static PoolShare.Amount amount(long[] numbers) {
        return new PoolShare.Amount(numbers[0], numbers[1], numbers[2]);
    }

    private static String content(Unit unit) {
        return unit.path().substring(0, unit.path().lastIndexOf('-'));
    }

    private Map<String, ObjectEntry> manifest(VaultLayout layout) {
        Map<String, ObjectEntry> entries = new HashMap<>();
        if (store.find(layout.objectManifest()).isPresent()) {
            try (ObjectManifestReader reader = new ObjectManifestReader(store.open(layout.objectManifest()))) {
                for (ObjectEntry entry = reader.next(); entry != null; entry = reader.next()) {
                    entries.put(entry.key(), entry);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return entries;
    }

    private List<String> keys(String prefix) {
        try (Stream<StoredObject> objects = store.list(prefix)) {
            return objects.map(StoredObject::key).toList();
        }
    }
}
