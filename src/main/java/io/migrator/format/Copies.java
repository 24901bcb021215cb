package io.migrator.format;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns collections that JSON may have left out into empty, unmodifiable ones. */
final class Copies {
    private Copies() {}

    static <T> List<T> of(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** Keeps the keys sorted, as the Go encoder writes them. */
    static Map<String, String> of(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(map));
    }

    static String of(@Nullable String text) {
        return text == null ? "" : text;
    }
}
