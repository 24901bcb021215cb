package io.migrator.format;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A parameter or property as Milvus gives it. */
public record KeyValue(@JsonProperty("key") String key, @JsonProperty("value") String value) {
    public KeyValue {
        key = Copies.of(key);
        value = Copies.of(value);
    }
}
