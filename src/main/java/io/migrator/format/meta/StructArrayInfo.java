package io.migrator.format.meta;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.migrator.format.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array-of-struct field with the fields of its struct. */
public record StructArrayInfo(
        @JsonProperty("fieldID") long fieldId,
        @JsonProperty("name") String name,
        @JsonProperty("description") @Nullable String description,
        @JsonProperty("fields") List<FieldInfo> fields) {
    public StructArrayInfo {
        name = Copies.of(name);
        fields = Copies.of(fields);
    }
}
