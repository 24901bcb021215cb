package io.migrator.format;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** A database that a backup touches. */
public record DatabaseInfo(
        @JsonProperty("db_name") String name,
        @JsonProperty("db_id") long databaseId,
        @JsonProperty("properties") List<KeyValue> properties) {
    public DatabaseInfo {
        name = Copies.of(name);
        properties = Copies.of(properties);
    }
}
