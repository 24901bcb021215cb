package io.migrator.format.meta;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.migrator.format.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A segment of a backup.
 *
 * @param partitionId -1 where an L0 segment spans all partitions
 * @param rows rows before deletes
 * @param size bytes of all its files
 * @param groupId directory between partition and segment in the vault; 0 means there is none
 * @param storageVersion 0 and 1 are classic binlogs, 2 and 3 packed Parquet
 */
public record SegmentInfo(
        @JsonProperty("segment_id") long segmentId,
        @JsonProperty("collection_id") long collectionId,
        @JsonProperty("partition_id") long partitionId,
        @JsonProperty("num_of_rows") long rows,
        @JsonProperty("binlogs") List<FieldBinlog> insertLogs,
        @JsonProperty("deltalogs") List<FieldBinlog> deltaLogs,
        @JsonProperty("size") @JsonInclude(JsonInclude.Include.ALWAYS) long size,
        @JsonProperty("group_id") long groupId,
        @JsonProperty("is_l0") boolean level0,
        @JsonProperty("v_channel") @Nullable String vchannel,
        @JsonProperty("storage_version") long storageVersion) {
    public SegmentInfo {
        insertLogs = Copies.of(insertLogs);
        deltaLogs = Copies.of(deltaLogs);
    }
}
