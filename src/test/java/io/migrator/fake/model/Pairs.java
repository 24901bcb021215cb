package io.migrator.fake.model;

import io.milvus.grpc.KeyValuePair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lists of key-value pairs, the form in which properties and parameters travel. */
public final class Pairs {
    private Pairs() {}

    public static KeyValuePair pair(String key, String value) {
        return KeyValuePair.newBuilder().setKey(key).setValue(value).build();
    }

    /** Pairs from key, value, key, value, ... */
    public static List<KeyValuePair> of(String... words) {
        List<KeyValuePair> pairs = new ArrayList<>();
        for (int i = 0; i < words.length; i += 2) {
            pairs.add(pair(words[i], words[i + 1]));
        }
        return List.copyOf(pairs);
    }

    /** The value of the key; empty where it is missing. */
    public static String value(List<KeyValuePair> pairs, String key) {
        return pairs.stream()
                .filter(pair -> pair.getKey().equals(key))
                .map(KeyValuePair::getValue)
                .findFirst()
                .orElse("");
    }

    /** A key that occurs twice; empty where none does. */
    public static String duplicate(List<KeyValuePair> pairs) {
        Map<String, Long> counts =
                pairs.stream().collect(Collectors.groupingBy(KeyValuePair::getKey, Collectors.counting()));
        return counts.entrySet().stream()
                .filter(count -> count.getValue() > 1)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** The old pairs with the changes set and the keys removed, order kept. */
    public static List<KeyValuePair> changed(List<KeyValuePair> old, List<KeyValuePair> changes, List<String> removed) {
        Map<String, String> merged = new LinkedHashMap<>();
        old.forEach(pair -> merged.put(pair.getKey(), pair.getValue()));
        changes.forEach(pair -> merged.put(pair.getKey(), pair.getValue()));
        removed.forEach(merged::remove);
        return merged.entrySet().stream()
                .map(entry -> pair(entry.getKey(), entry.getValue()))
                .toList();
    }
}
