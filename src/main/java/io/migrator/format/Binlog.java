package io.migrator.format;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One binlog file. {@code path} is its key in the bucket of the Milvus it was copied from, never its key in the vault.
 *
 * @param size bytes
 * @param id log id; 0 in backups of milvus-backup 0.4, where it is the last element of the path
 */
public record Binlog(
        @JsonProperty("log_path") String path,
        @JsonProperty("log_size") @JsonInclude(JsonInclude.Include.ALWAYS) long size,
        @JsonProperty("log_id") long id) {

    /** The log id, taken from the path where the field is missing. */
    public long logId() {
        return id != 0 ? id : Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
    }
}
