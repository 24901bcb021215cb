package io.migrator.retention.sweep;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Objects in memory, seen at once by everybody, as the stores that a vault lies in have it. Only one thread is in it. */
final class ModelVault {
    private final TreeMap<String, Held> objects = new TreeMap<>();
    private final Consumer<String> changed;
    private final Random random;
    private long writes;

    /** @param changed called after each change with its key */
    ModelVault(Random random, Consumer<String> changed) {
        this.random = random;
        this.changed = changed;
    }

    /** @param etag of this very write */
    record Held(byte[] content, String etag) {
        boolean same(byte[] other) {
            return Arrays.equals(content, other);
        }
    }

    Optional<Held> get(String key) {
        return Optional.ofNullable(objects.get(key));
    }

    boolean has(String key) {
        return objects.containsKey(key);
    }

    Held put(String key, byte[] content) {
        Held held = new Held(content, "e" + ++writes);
        objects.put(key, held);
        changed.accept(key);
        return held;
    }

    void remove(String key) {
        if (objects.remove(key) != null) {
            changed.accept(key);
        }
    }

    Iterable<String> under(String prefix) {
        return objects.subMap(prefix, prefix + Character.MAX_VALUE).keySet();
    }

    Iterable<Map.Entry<String, Held>> entriesFrom(String key, boolean inclusive) {
        return objects.tailMap(key, inclusive).entrySet();
    }

    /** How many entries a page of a listing has: few, so that the world changes between two. */
    int page() {
        return 1 + random.nextInt(4);
    }

    int in(int bound) {
        return random.nextInt(bound);
    }
}
