package io.migrator.format.meta;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.migrator.format.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The schema of a collection, in milvus-backup's form; the hidden dynamic field is normally not listed. */
public record SchemaInfo(
        @JsonProperty("name") String name,
        @JsonProperty("description") @Nullable String description,
        @JsonProperty("autoID") boolean autoId,
        @JsonProperty("fields") List<FieldInfo> fields,
        @JsonProperty("enable_dynamic_field") boolean dynamicFieldEnabled,
        @JsonProperty("properties") List<KeyValue> properties,
        @JsonProperty("functions") List<FunctionInfo> functions,
        @JsonProperty("struct_array_fields") List<StructArrayInfo> structArrayFields) {
    static final SchemaInfo EMPTY = new SchemaInfo("", null, false, List.of(), false, List.of(), List.of(), List.of());

    public SchemaInfo {
        name = Copies.of(name);
        fields = Copies.of(fields);
        properties = Copies.of(properties);
        functions = Copies.of(functions);
        structArrayFields = Copies.of(structArrayFields);
    }

    /** Whether Milvus makes the primary keys, each one once. */
    public boolean generatesKeys() {
        return fields.stream().anyMatch(field -> field.primaryKey() && field.autoId());
    }

    /** Whether rows are spread over partitions by a key, so that Milvus itself names the partitions. */
    public boolean hasPartitionKey() {
        return fields.stream().anyMatch(FieldInfo::partitionKey);
    }
}
