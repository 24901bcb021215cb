package io.migrator.milvus.schema;

import com.google.protobuf.ByteString;
import io.migrator.format.meta.FieldInfo;
import io.migrator.format.meta.FunctionInfo;
import io.migrator.format.meta.KeyValue;
import io.migrator.format.meta.SchemaInfo;
import io.migrator.format.meta.StructArrayInfo;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.StructArrayFieldSchema;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Milvus' protobuf schema as milvus-backup records it. Empty text becomes null, so that the metas leave it out. */
public final class Protos {
    private Protos() {}

    public static SchemaInfo schema(CollectionSchema schema) {
        return new SchemaInfo(
                schema.getName(),
                nullIfEmpty(schema.getDescription()),
                deprecatedAutoId(schema),
                schema.getFieldsList().stream().map(Protos::field).toList(),
                schema.getEnableDynamicField(),
                keyValues(schema.getPropertiesList()),
                schema.getFunctionsList().stream().map(Protos::function).toList(),
                schema.getStructArrayFieldsList().stream()
                        .map(Protos::structArray)
                        .toList());
    }

    public static List<KeyValue> keyValues(List<KeyValuePair> pairs) {
        return pairs.stream()
                .map(pair -> new KeyValue(pair.getKey(), pair.getValue()))
                .toList();
    }

    static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    @SuppressWarnings("deprecation") // milvus-backup records it, and old collections carry it
    private static boolean deprecatedAutoId(CollectionSchema schema) {
        return schema.getAutoID();
    }

    private static FieldInfo field(FieldSchema field) {
        return new FieldInfo(
                field.getFieldID(),
                field.getName(),
                field.getIsPrimaryKey(),
                nullIfEmpty(field.getDescription()),
                field.getDataTypeValue(),
                keyValues(field.getTypeParamsList()),
                keyValues(field.getIndexParamsList()),
                field.getAutoID(),
                0, // milvus-backup never fills the state
                field.getElementTypeValue(),
                field.getIsDynamic(),
                field.getIsPartitionKey(),
                field.getNullable(),
                field.getIsFunctionOutput(),
                field.hasDefaultValue() ? base64(field.getDefaultValue().toByteString()) : null);
    }

    private static FunctionInfo function(FunctionSchema function) {
        return new FunctionInfo(
                function.getName(),
                function.getId(),
                nullIfEmpty(function.getDescription()),
                function.getTypeValue(),
                List.copyOf(function.getInputFieldNamesList()),
                function.getInputFieldIdsList(),
                List.copyOf(function.getOutputFieldNamesList()),
                function.getOutputFieldIdsList(),
                keyValues(function.getParamsList()));
    }

    private static StructArrayInfo structArray(StructArrayFieldSchema struct) {
        return new StructArrayInfo(
                struct.getFieldID(),
                struct.getName(),
                nullIfEmpty(struct.getDescription()),
                struct.getFieldsList().stream().map(Protos::field).toList());
    }

    public static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
