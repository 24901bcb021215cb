package io.migrator.backup.state;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.MilvusSource;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The ids that collections have now, asked for once a database. For one look, for they change; not for several threads. */
public final class SourceIds {
    private final MilvusSource source;
    private final Map<String, SortedMap<String, Long>> ids = new HashMap<>();

    public SourceIds(MilvusSource source) {
        this.source = source;
    }

    /** Null where there is no such collection or database. */
    @Nullable
    public Long of(String database, String collection) {
        return ids.computeIfAbsent(database, this::collections).get(collection);
    }

    private SortedMap<String, Long> collections(String database) {
        try {
            return source.collections(database);
        } catch (MigratorException e) {
            if (e.failure() == Failure.NOT_FOUND) {
                return new TreeMap<>();
            }
            throw e;
        }
    }
}
