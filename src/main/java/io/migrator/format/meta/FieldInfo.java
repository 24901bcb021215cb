package io.migrator.format.meta;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.migrator.format.Copies;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
    private static final int REPLACEMENT = 0xFFFD;
    private static final int FIRST_VECTOR_TYPE = 100;
    private static final int LAST_VECTOR_TYPE = 199;

    public FieldInfo {
        name = Copies.of(name);
        typeParams = Copies.of(typeParams);
        indexParams = Copies.of(indexParams);
    }

    /**
     * As a meta has it. milvus-backup 0.4.25 to 0.5.4 wrote the bytes of a default value as text, which only ASCII
     * survives.
     */
    @JsonCreator
    static FieldInfo read(
            @JsonProperty("fieldID") long fieldId,
            @JsonProperty("name") @Nullable String name,
            @JsonProperty("is_primary_key") boolean primaryKey,
            @JsonProperty("description") @Nullable String description,
            @JsonProperty("data_type") int dataType,
            @JsonProperty("type_params") @Nullable List<KeyValue> typeParams,
            @JsonProperty("index_params") @Nullable List<KeyValue> indexParams,
            @JsonProperty("autoID") boolean autoId,
            @JsonProperty("state") int state,
            @JsonProperty("element_type") int elementType,
            @JsonProperty("is_dynamic") boolean dynamic,
            @JsonProperty("is_partition_key") boolean partitionKey,
            @JsonProperty("nullable") boolean nullable,
            @JsonProperty("is_function_output") boolean functionOutput,
            @JsonProperty("default_value_proto") @Nullable String defaultValueText,
            @JsonProperty("default_value_base64") @Nullable String defaultValueBase64) {
        boolean old = (defaultValueBase64 == null || defaultValueBase64.isEmpty())
                && defaultValueText != null
                && !defaultValueText.isEmpty();
        return new FieldInfo(
                fieldId,
                Copies.of(name),
                primaryKey,
                description,
                dataType,
                Copies.of(typeParams),
                Copies.of(indexParams),
                autoId,
                state,
                elementType,
                dynamic,
                partitionKey,
                nullable,
                functionOutput,
                old ? base64(Copies.of(name), Copies.of(defaultValueText)) : defaultValueBase64);
    }

    /** Whether it holds vectors, of a type that is known or not. */
    public boolean vector() {
        return dataType >= FIRST_VECTOR_TYPE && dataType <= LAST_VECTOR_TYPE;
    }

    private static String base64(String field, String defaultValueText) {
        if (defaultValueText.indexOf(REPLACEMENT) >= 0) {
            throw new IllegalArgumentException("the default value of field '" + field
                    + "' was lost when the backup was made (default_value_proto holds U+FFFD)");
        }
        return Base64.getEncoder().encodeToString(defaultValueText.getBytes(StandardCharsets.UTF_8));
    }
}
