package io.migrator.format.meta;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.migrator.format.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database that a backup touches.
 *
 * @param encryptionKey key blob of an encrypted database ({@code ezk}), handed back at import; null where there is none
 */
public record DatabaseInfo(
        @JsonProperty("db_name") String name,
        @JsonProperty("db_id") long databaseId,
        @JsonProperty("properties") List<KeyValue> properties,
        @JsonProperty("ezk") @Nullable String encryptionKey) {
    public DatabaseInfo {
        name = Copies.of(name);
        properties = Copies.of(properties);
    }

    /** Without the key, and without properties, one of which may be another. */
    @Override
    public String toString() {
        return "DatabaseInfo[" + name + ", " + databaseId + "]";
    }
}
