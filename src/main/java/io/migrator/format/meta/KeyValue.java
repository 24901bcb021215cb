package io.migrator.format.meta;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.migrator.format.Copies;

/** A parameter or property as Milvus gives it. */
public record KeyValue(@JsonProperty("key") String key, @JsonProperty("value") String value) {
    public KeyValue {
        key = Copies.of(key);
        value = Copies.of(value);
    }
}
