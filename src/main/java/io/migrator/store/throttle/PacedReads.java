package io.migrator.store.throttle;

import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Reads whole objects of a store, all together as slow as a throttle wants. For many threads. */
public final class PacedReads {
    private final ObjectStore store;
    private final Pace bytes;

    /** @param store stays open */
    public PacedReads(ObjectStore store, Throttle throttle) {
        this.store = store;
        this.bytes = throttle.bytes(System::nanoTime, TimeUnit.NANOSECONDS::sleep);
    }

    /** As {@link ObjectStore#find}. */
    public Optional<StoredObject> find(String key) {
        return store.find(key);
    }

    /**
     * The object as a stream, which fails with STOPPED after a stop was asked for, unless it ends soon.
     *
     * @param size bytes it has
     */
    public InputStream open(String key, long size, BooleanSupplier stop) {
        return new PacedStream(store.open(key), bytes, 1, size, stop);
    }
}
