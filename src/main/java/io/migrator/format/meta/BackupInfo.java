package io.migrator.format.meta;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.migrator.format.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole backup: the content of {@code full_meta.json}. Field order, names and what is left out when empty follow
 * milvus-backup 0.5.16.
 *
 * @param stateCode always written as 0; 2 in backups of milvus-backup 0.4
 * @param size bytes of all segments
 * @param rbac null where users and roles were not backed up
 * @param flushAllMessages physical channel to base64 of the message of a flush of all collections (Milvus 2.6.11 and later)
 * @param controlChannel control channel at that flush; null where there was none
 * @param physicalChannels all physical channels at that flush
 * @param format absent for binlog backups, the only ones this program reads
 */
public record BackupInfo(
        @JsonProperty("id") String id,
        @JsonProperty("state_code") @JsonInclude(JsonInclude.Include.ALWAYS) int stateCode,
        @JsonProperty("name") String name,
        @JsonProperty("collection_backups") List<CollectionInfo> collections,
        @JsonProperty("size") @JsonInclude(JsonInclude.Include.ALWAYS) long size,
        @JsonProperty("milvus_version") @Nullable String milvusVersion,
        @JsonProperty("rbac_meta") @Nullable RbacInfo rbac,
        @JsonProperty("database_backups") List<DatabaseInfo> databases,
        @JsonProperty("flush_all_msgs_base64") Map<String, String> flushAllMessages,
        @JsonProperty("control_channel_name") @Nullable String controlChannel,
        @JsonProperty("physical_channel_names") List<String> physicalChannels,
        @JsonProperty("format") @Nullable String format) {
    public BackupInfo {
        id = Copies.of(id);
        name = Copies.of(name);
        collections = Copies.of(collections);
        databases = Copies.of(databases);
        flushAllMessages = Copies.of(flushAllMessages);
        physicalChannels = Copies.of(physicalChannels);
    }

    /** The same with other collections, or with these ones otherwise described. */
    public BackupInfo withCollections(List<CollectionInfo> newCollections) {
        return new BackupInfo(
                id,
                stateCode,
                name,
                newCollections,
                size,
                milvusVersion,
                rbac,
                databases,
                flushAllMessages,
                controlChannel,
                physicalChannels,
                format);
    }

    /** One of which no flush of all collections is told. */
    public BackupInfo(
            String id,
            int stateCode,
            String name,
            List<CollectionInfo> collections,
            long size,
            @Nullable String milvusVersion,
            @Nullable RbacInfo rbac,
            List<DatabaseInfo> databases,
            @Nullable String format) {
        this(id, stateCode, name, collections, size, milvusVersion, rbac, databases, Map.of(), null, List.of(), format);
    }
}
