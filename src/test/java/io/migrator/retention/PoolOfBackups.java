package io.migrator.retention;

import io.migrator.format.Samples;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.own.OwnJson;
import io.migrator.format.own.RunRecord;
import io.migrator.format.pool.PoolNote;
import io.migrator.format.pool.RefsWriter;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import io.migrator.retention.VaultOfBackups.Made;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Backups of a pool that are little more than their small files and their units of two objects of ten bytes each. */
public final class PoolOfBackups {
    /** Bytes of a unit. */
    public static final int UNIT_BYTES = 20;

    private final ObjectStore store;
    private final PoolLayout pool;

    public PoolOfBackups(ObjectStore store) {
        this.store = store;
        this.pool = new PoolLayout(store.config().rootPath());
        note(PoolNote.FORMAT);
    }

    public PoolLayout pool() {
        return pool;
    }

    /** Says that the pool is of that form. */
    public void note(int format) {
        write(pool.note(), () -> OwnJson.write(new PoolNote(format, Instant.EPOCH, "migrator", "1")));
    }

    /** The unit of that number; its segment has the same. */
    public static Unit unit(int number) {
        return new Unit(1, 2, number, Unit.Kind.INSERT, "%032x".formatted(number), "0000000000ab");
    }

    /** A complete backup with the rows of that moment, of these units. */
    public void complete(String name, Instant sealedAt, int... units) {
        unfinished(name, units);
        VaultLayout layout = layout(name);
        for (MetaFile file : MetaFile.values()) {
            store.write(layout.ownDir() + "meta/" + file.fileName(), Samples.meta(Samples.V0_5, file));
        }
        RunRecord record = new Made(sealedAt).record(name);
        write(layout.runRecord(), () -> OwnJson.write(record));
    }

    /** One of which nothing but its list and its units is there. */
    public void unfinished(String name, int... units) {
        for (int unit : units) {
            put(unit);
        }
        list(name, units);
    }

    public void put(int unit) {
        for (int log = 0; log < 2; log++) {
            store.write(pool.segmentDir(unit(unit)) + "100/" + log, new byte[UNIT_BYTES / 2]);
        }
    }

    public void list(String name, int... units) {
        write(layout(name).refs(), () -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (RefsWriter writer = new RefsWriter(bytes, "0000000000ab")) {
                for (Unit unit : IntStream.of(units)
                        .mapToObj(PoolOfBackups::unit)
                        .sorted(Comparator.naturalOrder())
                        .toList()) {
                    writer.write(new UnitRef(unit, 2, UNIT_BYTES));
                }
                writer.finish();
            }
            return bytes.toByteArray();
        });
    }

    public VaultLayout layout(String name) {
        return new VaultLayout(store.config().rootPath(), name);
    }

    /** The numbers of the units of which anything lies in the pool. */
    public List<Integer> units() {
        try (Stream<StoredObject> objects = store.list(pool.dataDir())) {
            return objects.flatMap(object -> pool.unitOf(object.key()).stream())
                    .map(unit -> (int) unit.segment())
                    .distinct()
                    .sorted()
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
}
