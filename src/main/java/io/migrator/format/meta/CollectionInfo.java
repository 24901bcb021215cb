package io.migrator.format.meta;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.migrator.format.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A backed-up collection.
 *
 * @param taskId id of the run that made the backup
 * @param consistencyLevel the number of Milvus' {@code ConsistencyLevel}
 * @param backupTimestamp hybrid timestamp of the moment the backup stands for; 0 where the server does not tell
 * @param size bytes
 * @param loadState {@code NotLoad}, {@code Loading} or {@code Loaded}
 * @param sealTime unix seconds at which the flush sealed the collection
 * @param channelCheckpoints virtual channel to base64 of {@code msgpb.MsgPosition}
 * @param level0Segments delete-only segments that span all partitions
 */
public record CollectionInfo(
        @JsonProperty("id") @Nullable String taskId,
        @JsonProperty("collection_id") long collectionId,
        @JsonProperty("db_name") String database,
        @JsonProperty("collection_name") String name,
        @JsonProperty("schema") SchemaInfo schema,
        @JsonProperty("shards_num") int shards,
        @JsonProperty("consistency_level") int consistencyLevel,
        @JsonProperty("partition_backups") List<PartitionInfo> partitions,
        @JsonProperty("backup_timestamp") long backupTimestamp,
        @JsonProperty("size") @JsonInclude(JsonInclude.Include.ALWAYS) long size,
        @JsonProperty("has_index") @JsonInclude(JsonInclude.Include.ALWAYS) boolean hasIndex,
        @JsonProperty("index_infos") List<IndexInfo> indexes,
        @JsonProperty("load_state") @Nullable String loadState,
        @JsonProperty("backup_physical_timestamp") long sealTime,
        @JsonProperty("channel_checkpoints") Map<String, String> channelCheckpoints,
        @JsonProperty("l0_segments") List<SegmentInfo> level0Segments,
        @JsonProperty("properties") List<KeyValue> properties,
        @JsonProperty("db_id") long databaseId,
        @JsonProperty("created_timestamp") long createdTimestamp,
        @JsonProperty("virtual_channel_names") List<String> virtualChannels,
        @JsonProperty("physical_channel_names") List<String> physicalChannels,
        @JsonProperty("aliases") List<String> aliases) {
    public CollectionInfo {
        database = database == null || database.isEmpty() ? "default" : database;
        name = Copies.of(name);
        schema = schema == null ? SchemaInfo.EMPTY : schema;
        partitions = Copies.of(partitions);
        indexes = Copies.of(indexes);
        channelCheckpoints = Copies.of(channelCheckpoints);
        level0Segments = Copies.of(level0Segments);
        properties = Copies.of(properties);
        virtualChannels = Copies.of(virtualChannels);
        physicalChannels = Copies.of(physicalChannels);
        aliases = Copies.of(aliases);
    }

    /** {@code database.collection}, the name that messages use. */
    public String qualifiedName() {
        return database + "." + name;
    }

    /** The same collection with its segments. */
    public CollectionInfo withData(List<PartitionInfo> newPartitions, List<SegmentInfo> newLevel0, long newSize) {
        return with(taskId, newPartitions, backupTimestamp, newSize, sealTime, channelCheckpoints, newLevel0);
    }

    /** The same collection as part of the run with this id. */
    public CollectionInfo ofTask(String newTaskId) {
        return with(newTaskId, partitions, backupTimestamp, size, sealTime, channelCheckpoints, level0Segments);
    }

    /** The same collection with what its flush told. */
    public CollectionInfo withFlush(long newTimestamp, long newSealTime, Map<String, String> newCheckpoints) {
        return with(taskId, partitions, newTimestamp, size, newSealTime, newCheckpoints, level0Segments);
    }

    private CollectionInfo with(
            @Nullable String newTaskId,
            List<PartitionInfo> newPartitions,
            long newTimestamp,
            long newSize,
            long newSealTime,
            Map<String, String> newCheckpoints,
            List<SegmentInfo> newLevel0) {
        return new CollectionInfo(
                newTaskId,
                collectionId,
                database,
                name,
                schema,
                shards,
                consistencyLevel,
                newPartitions,
                newTimestamp,
                newSize,
                hasIndex,
                indexes,
                loadState,
                newSealTime,
                newCheckpoints,
                newLevel0,
                properties,
                databaseId,
                createdTimestamp,
                virtualChannels,
                physicalChannels,
                aliases);
    }
}
