package io.migrator.backup.state;

import io.migrator.milvus.read.HybridTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The moment whose rows a collection's cut holds.
 *
 * @param begun hybrid timestamp from before the rows were sealed
 * @param latest of the rows that were sealed; null where their logs do not tell
 */
public record Moment(long begun, @Nullable Long latest) {
    /** Of the last row, or of the flush where that is later. No row of the cut is younger where the logs told. */
    private long timestamp() {
        return latest == null ? begun : Math.max(begun, latest);
    }

    public Instant instant() {
        return HybridTime.instant(timestamp());
    }

    /** What an import may be told to stop at; 0 where rows might be lost by that. */
    public long exact() {
        return latest == null ? 0 : timestamp();
    }
}
