package io.migrator.restore;

import io.migrator.format.CollectionName;
import io.migrator.milvus.MilvusTarget;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Flushes collections that rows are brought into, each once a run: servers bound how often a collection is flushed. */
final class Flushes {
    private final MilvusTarget target;
    private final Set<CollectionName> flushed = ConcurrentHashMap.newKeySet();

    Flushes(MilvusTarget target) {
        this.target = target;
    }

    /** Returns when all rows that were written until the first call are counted. */
    void flush(CollectionName name) {
        if (!flushed.contains(name)) {
            target.flush(name.database(), name.collection());
            flushed.add(name);
        }
    }
}
