package io.migrator.format.meta;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.migrator.format.Copies;

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
    public Binlog {
        path = Copies.of(path);
        if (id == 0) {
            logIdIn(path);
        }
    }

    /** The log id, taken from the path where the field is missing. */
    public long logId() {
        return id != 0 ? id : logIdIn(path);
    }

    private static long logIdIn(String path) {
        try {
            return Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("log_path '" + path + "' does not end with a log id", e);
        }
    }
}
