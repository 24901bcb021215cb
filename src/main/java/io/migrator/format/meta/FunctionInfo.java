package io.migrator.format.meta;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.migrator.format.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function of a schema, such as BM25 (type 1). */
public record FunctionInfo(
        @JsonProperty("name") String name,
        @JsonProperty("id") long id,
        @JsonProperty("description") @Nullable String description,
        @JsonProperty("type") int type,
        @JsonProperty("input_field_names") List<String> inputFieldNames,
        @JsonProperty("input_field_ids") List<Long> inputFieldIds,
        @JsonProperty("output_field_names") List<String> outputFieldNames,
        @JsonProperty("output_field_ids") List<Long> outputFieldIds,
        @JsonProperty("params") List<KeyValue> params) {
    public FunctionInfo {
        name = Copies.of(name);
        inputFieldNames = Copies.of(inputFieldNames);
        inputFieldIds = Copies.of(inputFieldIds);
        outputFieldNames = Copies.of(outputFieldNames);
        outputFieldIds = Copies.of(outputFieldIds);
        params = Copies.of(params);
    }
}
