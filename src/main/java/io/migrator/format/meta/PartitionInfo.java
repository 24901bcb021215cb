package io.migrator.format.meta;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.migrator.format.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A partition of a backed-up collection with its segments. */
public record PartitionInfo(
        @JsonProperty("partition_id") long partitionId,
        @JsonProperty("partition_name") String name,
        @JsonProperty("collection_id") long collectionId,
        @JsonProperty("segment_backups") List<SegmentInfo> segments,
        @JsonProperty("size") @JsonInclude(JsonInclude.Include.ALWAYS) long size,
        @JsonProperty("load_state") @Nullable String loadState) {
    public PartitionInfo {
        name = Copies.of(name);
        segments = Copies.of(segments);
    }

    public PartitionInfo withSegments(List<SegmentInfo> newSegments, long newSize) {
        return new PartitionInfo(partitionId, name, collectionId, newSegments, newSize, loadState);
    }
}
