package io.migrator.restore.state;

import io.migrator.milvus.MilvusTarget;
import io.migrator.selection.CollectionName;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Flushes collections that rows are brought into, each once in a while: servers bound how often a collection is flushed. */
public final class Flushes {
    /** Milvus takes one flush of a collection in ten seconds, and clients wait for the next. */
    private static final Duration OFTEN = Duration.ofSeconds(10);

    private final MilvusTarget target;
    private final LongSupplier nanoTime;
    private final Map<CollectionName, Long> flushed = new ConcurrentHashMap<>();

    public Flushes(MilvusTarget target, LongSupplier nanoTime) {
        this.target = target;
        this.nanoTime = nanoTime;
    }

    /** Returns when all rows that were written until ten seconds ago are counted. */
    public void flush(CollectionName name) {
        long now = nanoTime.getAsLong();
        Long before = flushed.get(name);
        if (before == null || now - before > OFTEN.toNanos()) {
            target.flush(name.database(), name.collection());
            flushed.put(name, now);
        }
    }
}
