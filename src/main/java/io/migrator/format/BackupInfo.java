package io.migrator.format;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole backup: the content of {@code full_meta.json}. Field order, names and what is left out when empty follow
 * milvus-backup 0.5.16.
 *
 * @param stateCode always written as 0; 2 in backups of milvus-backup 0.4
 * @param size bytes of all segments
 * @param rbac null where users and roles were not backed up
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
        @JsonProperty("format") @Nullable String format) {
    public BackupInfo {
        id = Copies.of(id);
        name = Copies.of(name);
        collections = Copies.of(collections);
        databases = Copies.of(databases);
    }
}
