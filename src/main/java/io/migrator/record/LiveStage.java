package io.migrator.record;

import io.migrator.report.Stage;
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

    LiveStage(Stage stage) {
        this.name = stage.name();
        this.totalObjects = stage.totalObjects();
        this.totalBytes = stage.totalBytes();
        this.objects.add(stage.doneObjects());
        this.bytes.add(stage.doneBytes());
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
