package io.migrator.format;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of a schema, in milvus-backup's form.
 *
 * @param dataType the number of Milvus' {@code DataType}
 * @param elementType the same for the elements of an array, 0 where it is none
 * @param defaultValueBase64 a serialized {@code schema.ValueField}
 */
public record FieldInfo(
        @JsonProperty("fieldID") long fieldId,
        @JsonProperty("name") String name,
        @JsonProperty("is_primary_key") boolean primaryKey,
        @JsonProperty("description") @Nullable String description,
        @JsonProperty("data_type") int dataType,
        @JsonProperty("type_params") List<KeyValue> typeParams,
        @JsonProperty("index_params") List<KeyValue> indexParams,
        @JsonProperty("autoID") boolean autoId,
        @JsonProperty("state") int state,
        @JsonProperty("element_type") int elementType,
        @JsonProperty("is_dynamic") boolean dynamic,
        @JsonProperty("is_partition_key") boolean partitionKey,
        @JsonProperty("nullable") boolean nullable,
        @JsonProperty("is_function_output") boolean functionOutput,
        @JsonProperty("default_value_base64") @Nullable String defaultValueBase64) {
    public FieldInfo {
        name = Copies.of(name);
        typeParams = Copies.of(typeParams);
        indexParams = Copies.of(indexParams);
    }
}
