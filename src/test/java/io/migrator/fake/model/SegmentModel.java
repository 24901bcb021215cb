package io.migrator.fake.model;

import io.milvus.grpc.SegmentLevel;
import io.milvus.grpc.SegmentState;
import java.util.List;

/**
 * A segment as the data coordinator knows it.
 *
 * @param storageVersion 0 or 1 a file a field, 2 a file a column group
 * @param channel the virtual channel its rows came by
 */
public record SegmentModel(
        SegmentPlace place,
        long rows,
        SegmentState state,
        SegmentLevel level,
        boolean sorted,
        long storageVersion,
        String channel,
        List<LogFiles> inserts,
        List<LogFiles> deltas,
        List<LogFiles> stats) {
    public long id() {
        return place.segment();
    }

    public boolean levelZero() {
        return level == SegmentLevel.L0;
    }

    public SegmentModel in(SegmentState newState) {
        return new SegmentModel(place, rows, newState, level, sorted, storageVersion, channel, inserts, deltas, stats);
    }
}
