package io.migrator.backup.state;

import io.migrator.failure.Expected;
import io.migrator.failure.Failure;
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
        return Expected.unless(Failure.NOT_FOUND, () -> source.collections(database))
                .orElseGet(TreeMap::new);
    }
}
