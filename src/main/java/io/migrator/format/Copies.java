package io.migrator.format;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns collections that JSON may have left out into empty, unmodifiable ones. */
public final class Copies {
    private Copies() {}

    public static <T> List<T> of(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** Keeps the keys sorted, as the Go encoder writes them. */
    public static Map<String, String> of(@Nullable Map<String, String> map) {
        if (map == null) {
            return Map.of();
        }
        Map<String, String> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(key, of(value)));
        return Collections.unmodifiableMap(sorted);
    }

    public static String of(@Nullable String text) {
        return text == null ? "" : text;
    }

    public static Instant of(@Nullable Instant time) {
        return time == null ? Instant.EPOCH : time;
    }
}
