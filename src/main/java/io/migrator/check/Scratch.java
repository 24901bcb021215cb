package io.migrator.check;

import io.migrator.failure.Counted;
import io.migrator.failure.Expected;
import io.migrator.failure.Failure;
import io.migrator.format.layout.VaultLayout;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A place in the vault for objects that are only tried out, to be emptied whatever happened. Safe for many threads. */
final class Scratch {
    static final String START = VaultLayout.SCRATCH;

    private final ObjectStore store;
    private final String all;
    private final String prefix;
    private final Set<String> keys = ConcurrentHashMap.newKeySet();

    Scratch(ObjectStore store) {
        this.store = store;
        this.all = VaultLayout.join(store.config().rootPath(), START);
        this.prefix = all + UUID.randomUUID() + "/";
    }

    ObjectStore store() {
        return store;
    }

    /** The key of a new object; it is deleted at the end even where no listing shows it. */
    String key(String name) {
        String key = prefix + name;
        keys.add(key);
        return key;
    }

    /** The object's content; nothing where the store says that it has none. */
    Optional<byte[]> read(String key, int maxBytes) {
        return Expected.unless(Failure.NOT_FOUND, () -> store.read(key, maxBytes));
    }

    List<StoredObject> list(String folder) {
        try (Stream<StoredObject> objects = store.list(prefix + folder)) {
            return objects.toList();
        }
    }

    /** Deletes all that was written here, and tells what earlier checks left behind. */
    CheckFinding empty() {
        list("").forEach(object -> keys.add(object.key()));
        store.delete(List.copyOf(keys));
        List<String> left;
        try (Stream<StoredObject> objects = store.list(all)) {
            left = objects.map(StoredObject::key).toList();
        }
        long own = left.stream().filter(key -> key.startsWith(prefix)).count();
        if (own > 0) {
            return CheckFinding.fail(
                    "scratch",
                    Failure.UNSUPPORTED,
                    "%s still listed under %s after being deleted. Delete what is there"
                            .formatted(Counted.of(own, "object is", "objects are"), prefix));
        }
        return left.isEmpty()
                ? CheckFinding.ok("scratch", "everything written to try the store is deleted")
                : CheckFinding.warn(
                        "scratch",
                        "%s of another check under %s*. Unless one is running now, delete what is there"
                                .formatted(Counted.of(left.size(), "object"), all));
    }
}
