package io.migrator.restore;

import io.migrator.format.layout.PoolLayout;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One way to spoil one object of a backup, which can be taken back.
 *
 * @param key the object that is spoiled
 * @param twin another object of its kind
 * @param extra a key beside it that the backup does not have
 */
record Corruption(String object, Damage damage, String key, String twin, String extra) {
    private static final int MOST = 1 << 24;

    /** What happens to an object. */
    enum Damage {
        MISSING,
        CUT,
        BYTE_FLIPPED,
        EMPTY,
        SWAPPED,
        EXTRA
    }

    /** Every way for every kind of object of a backup with two collections; {@code other} is a backup to swap with. */
    static Stream<Corruption> all(ObjectStore vault, VaultLayout backup, VaultLayout other) {
        List<String> own = backup.isPooled()
                ? List.of("refs.txt.gz", "run.json", "objects.jsonl.gz", "seal.txt")
                : List.of("run.json", "objects.jsonl.gz", "seal.txt");
        Stream<Corruption> metas = Stream.of("backup", "collection", "partition", "segment", "full")
                .map(name -> name + "_meta.json")
                .flatMap(name -> each(
                        name, backup.metaDir() + name, other.metaDir() + name, backup.metaDir() + "extra_" + name));
        Stream<Corruption> records = own.stream()
                .flatMap(name ->
                        each(name, backup.ownDir() + name, other.ownDir() + name, backup.ownDir() + "extra_" + name));
        List<String> schemas = keys(vault, backup.schemasDir());
        return Stream.of(
                        metas,
                        records,
                        each("marker", backup.marker(), backup.runRecord(), backup.marker()),
                        each("raw schema", schemas.get(0), schemas.get(1), backup.rawSchema(7)),
                        logs("insert log", logs(vault, backup, Unit.Kind.INSERT)),
                        logs("delta log", logs(vault, backup, Unit.Kind.DELTA)))
                .flatMap(each -> each);
    }

    /** Every way for what says which form the pool has. */
    static Stream<Corruption> ofPoolNote(PoolLayout pool, String twin) {
        return each("pool.json", pool.note(), twin, pool.dir() + "extra.json");
    }

    private static List<String> logs(ObjectStore vault, VaultLayout backup, Unit.Kind kind) {
        return backup.units()
                .map(units -> units.all().stream()
                        .map(UnitRef::unit)
                        .filter(unit -> unit.kind() == kind)
                        .sorted()
                        .flatMap(unit -> keys(vault, backup.ofManifest(unit.path() + "/")).stream())
                        .toList())
                .orElseGet(() ->
                        keys(vault, backup.dataDir() + (kind == Unit.Kind.INSERT ? "insert_log/" : "delta_log/")));
    }

    private static Stream<Corruption> logs(String object, List<String> keys) {
        String key = keys.get(0);
        String twin = keys.get(keys.size() - 1);
        return each(object, key, twin, key.substring(0, key.lastIndexOf('/') + 1) + "7");
    }

    private static Stream<Corruption> each(String object, String key, String twin, String extra) {
        return Stream.of(Damage.values()).map(damage -> new Corruption(object, damage, key, twin, extra));
    }

    private static List<String> keys(ObjectStore vault, String dir) {
        try (Stream<StoredObject> objects = vault.list(dir)) {
            return objects.map(StoredObject::key).toList();
        }
    }

    /** The key that a proof must name. */
    String spoiled() {
        return damage == Damage.EXTRA ? extra : key;
    }

    /** Why this is no damage; empty where it is. */
    String harmless() {
        if (object.equals("marker") && damage == Damage.MISSING) {
            return "no marker: that is a complete backup";
        }
        boolean log = object.endsWith(" log") || object.equals("marker");
        return damage == Damage.EXTRA && !log ? "neither tool reads it" : "";
    }

    /** With which code a restore ends that reads no log: 0 where it goes on without what is damaged. */
    int restoreExit() {
        if (!harmless().isEmpty()) {
            return 0;
        }
        boolean pooled = key.contains("/migrator/meta/");
        boolean needed = object.equals("backup_meta.json") || (pooled && object.equals("full_meta.json"));
        boolean counts = needed || object.equals("refs.txt.gz");
        boolean incomplete = object.equals("marker") || (counts && damage == Damage.MISSING);
        boolean spare = object.equals("full_meta.json")
                ? damage == Damage.MISSING
                : object.endsWith("_meta.json") || object.equals("seal.txt");
        return incomplete ? 10 : spare ? 0 : 20;
    }

    /** With which code {@code verify} ends, and a restore with {@code verify=deep}: any damage is refused. */
    int strictExit() {
        return harmless().isEmpty() ? restoreExit() == 10 ? 10 : 20 : 0;
    }

    /** Spoils it; what this gives takes it back. */
    Runnable apply(ObjectStore vault) {
        boolean there = vault.find(key).isPresent();
        byte[] content = there ? vault.read(key, MOST) : vault.read(twin, MOST);
        switch (damage) {
            case MISSING -> vault.delete(List.of(key));
            case CUT -> vault.write(key, Arrays.copyOf(content, content.length / 2));
            case BYTE_FLIPPED -> vault.write(key, flipped(content));
            case EMPTY -> vault.write(key, new byte[0]);
            case SWAPPED -> vault.write(key, vault.read(twin, MOST));
            case EXTRA -> vault.write(extra, content);
        }
        return () -> {
            if (there) {
                vault.write(key, content);
            } else {
                vault.delete(List.of(key));
            }
            if (damage == Damage.EXTRA && there) {
                vault.delete(List.of(extra));
            }
        };
    }

    /** The case of a letter, where there is one: JSON stays JSON, and keys are matched in any case. */
    private static byte[] flipped(byte[] content) {
        byte[] other = content.clone();
        int at = other.length / 2;
        while (at < other.length - 1 && !Character.isLetter(other[at])) {
            at++;
        }
        other[at] ^= 0x20;
        return other;
    }
}
