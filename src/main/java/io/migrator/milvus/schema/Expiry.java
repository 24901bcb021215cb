package io.migrator.milvus.schema;

import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.KeyValue;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The properties by which a collection loses rows after a time: {@code collection.ttl.seconds}, {@code ttl_field} of 2.6.
 * Rows are as old as they were at the source, so they may go before they are counted; a restore sets these last.
 */
public final class Expiry {
    /** What means that rows stay. */
    private static final Set<String> NEVER = Set.of("", "0", "-1");

    private Expiry() {}

    static boolean isProperty(String key) {
        return key.toLowerCase(Locale.ROOT).contains("ttl");
    }

    /** Those of the collection. What a server shows of them in the schema, too, it does not take from there. */
    public static List<KeyValue> properties(CollectionInfo collection) {
        return collection.properties().stream()
                .filter(property -> isProperty(property.key()))
                .toList();
    }

    /** Such as {@code collection.ttl.seconds=5}; empty where no row goes by its age. */
    public static String told(CollectionInfo collection) {
        return properties(collection).stream()
                .filter(property -> !NEVER.contains(property.value().strip()))
                .map(property -> property.key() + "=" + property.value())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
