package io.migrator.record;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/** The stage that a run is in; counted by all its workers. */
final class LiveStage {
    private final String name;
    private final long totalObjects;
    private final long totalBytes;
    private final long startNanos = System.nanoTime();
    private final LongAdder objects = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    LiveStage(String name, long totalObjects, long totalBytes) {
        this.name = name;
        this.totalObjects = totalObjects;
        this.totalBytes = totalBytes;
    }

    void advance(long moreObjects, long moreBytes) {
        objects.add(moreObjects);
        bytes.add(moreBytes);
    }

    StageSpan at(Instant now, String state) {
        return new StageSpan(
                name,
                state,
                now,
                Math.round((System.nanoTime() - startNanos) / 1e6) / 1e3,
                objects.sum(),
                totalObjects,
                bytes.sum(),
                totalBytes);
    }
}
