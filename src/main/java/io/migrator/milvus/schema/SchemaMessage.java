package io.migrator.milvus.schema;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.FieldInfo;
import io.migrator.format.meta.FunctionInfo;
import io.migrator.format.meta.KeyValue;
import io.migrator.format.meta.SchemaInfo;
import io.migrator.format.meta.StructArrayInfo;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.StructArrayFieldSchema;
import io.milvus.grpc.ValueField;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The schema to send when a backed-up collection is created again. */
public final class SchemaMessage {
    private SchemaMessage() {}

    /** From the bytes the source gave where the backup kept them, so that nothing unknown is lost, else from its meta. */
    public static CollectionSchema of(CollectionInfo source, @Nullable ByteString raw) {
        if (raw == null) {
            return of(source.schema());
        }
        try {
            return DescribeCollectionResponse.parseFrom(raw).getSchema();
        } catch (InvalidProtocolBufferException e) {
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "read the schema of",
                    source.qualifiedName(),
                    "the bytes kept in the backup are damaged (" + e.getMessage() + ")",
                    "Verify the backup and take another one.",
                    e);
        }
    }

    @SuppressWarnings("deprecation") // old collections carry the schema's own autoID
    private static CollectionSchema of(SchemaInfo schema) {
        return CollectionSchema.newBuilder()
                .setName(schema.name())
                .setDescription(text(schema.description()))
                .setAutoID(schema.autoId())
                .addAllFields(schema.fields().stream().map(SchemaMessage::of).toList())
                .setEnableDynamicField(schema.dynamicFieldEnabled())
                .addAllProperties(pairs(schema.properties()))
                .addAllFunctions(
                        schema.functions().stream().map(SchemaMessage::of).toList())
                .addAllStructArrayFields(schema.structArrayFields().stream()
                        .map(SchemaMessage::of)
                        .toList())
                .build();
    }

    private static FieldSchema of(FieldInfo field) {
        FieldSchema.Builder message = FieldSchema.newBuilder()
                .setFieldID(field.fieldId())
                .setName(field.name())
                .setIsPrimaryKey(field.primaryKey())
                .setDescription(text(field.description()))
                .setDataTypeValue(field.dataType())
                .addAllTypeParams(pairs(field.typeParams()))
                .addAllIndexParams(pairs(field.indexParams()))
                .setAutoID(field.autoId())
                .setElementTypeValue(field.elementType())
                .setIsDynamic(field.dynamic())
                .setIsPartitionKey(field.partitionKey())
                .setNullable(field.nullable())
                .setIsFunctionOutput(field.functionOutput());
        String defaultValue = field.defaultValueBase64();
        if (defaultValue != null && !defaultValue.isEmpty()) {
            message.setDefaultValue(defaultValue(field.name(), defaultValue));
        }
        return message.build();
    }

    private static ValueField defaultValue(String field, String base64) {
        try {
            return ValueField.parseFrom(Base64.getDecoder().decode(base64));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "read the default value of field",
                    field,
                    "default_value_base64 in the backup is damaged",
                    "Verify the backup and take another one.",
                    e);
        }
    }

    private static FunctionSchema of(FunctionInfo function) {
        return FunctionSchema.newBuilder()
                .setName(function.name())
                .setId(function.id())
                .setDescription(text(function.description()))
                .setTypeValue(function.type())
                .addAllInputFieldNames(function.inputFieldNames())
                .addAllInputFieldIds(function.inputFieldIds())
                .addAllOutputFieldNames(function.outputFieldNames())
                .addAllOutputFieldIds(function.outputFieldIds())
                .addAllParams(pairs(function.params()))
                .build();
    }

    private static StructArrayFieldSchema of(StructArrayInfo struct) {
        return StructArrayFieldSchema.newBuilder()
                .setFieldID(struct.fieldId())
                .setName(struct.name())
                .setDescription(text(struct.description()))
                .addAllFields(struct.fields().stream().map(SchemaMessage::of).toList())
                .build();
    }

    public static List<KeyValuePair> pairs(List<KeyValue> values) {
        return values.stream().map(value -> pair(value.key(), value.value())).toList();
    }

    public static KeyValuePair pair(String key, String value) {
        return KeyValuePair.newBuilder().setKey(key).setValue(value).build();
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
