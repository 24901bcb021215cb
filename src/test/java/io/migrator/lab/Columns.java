package io.migrator.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.milvus.grpc.ArrayArray;
import io.milvus.grpc.BoolArray;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DoubleArray;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.IntArray;
import io.milvus.grpc.JSONArray;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.StringArray;
import io.milvus.grpc.VectorField;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Rows as maps, turned into the columns an insert sends. Keys that are no field go into the dynamic field. */
final class Columns {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Columns() {}

    static List<FieldData> of(CollectionSchema schema, List<Map<String, Object>> rows) {
        List<FieldData> columns = new ArrayList<>();
        for (FieldSchema field : schema.getFieldsList()) {
            if (!field.getAutoID()) {
                columns.add(column(field, rows));
            }
        }
        if (schema.getEnableDynamicField()) {
            columns.add(dynamic(schema, rows));
        }
        return columns;
    }

    private static FieldData column(FieldSchema field, List<Map<String, Object>> rows) {
        FieldData.Builder column =
                FieldData.newBuilder().setFieldName(field.getName()).setType(field.getDataType());
        List<Object> values = rows.stream().map(row -> row.get(field.getName())).toList();
        return switch (field.getDataType()) {
            case FloatVector, BinaryVector ->
                column.setVectors(vectors(field, values)).build();
            case Array ->
                column.setScalars(ScalarField.newBuilder()
                                .setArrayData(ArrayArray.newBuilder()
                                        .setElementType(field.getElementType())
                                        .addAllData(map(
                                                values, value -> scalars(field.getElementType(), (List<?>) value)))))
                        .build();
            default -> column.setScalars(scalars(field.getDataType(), values)).build();
        };
    }

    private static ScalarField scalars(DataType type, List<?> values) {
        ScalarField.Builder field = ScalarField.newBuilder();
        return switch (type) {
            case Bool ->
                field.setBoolData(BoolArray.newBuilder().addAllData(map(values, Boolean.class::cast)))
                        .build();
            case Int8, Int16, Int32 ->
                field.setIntData(IntArray.newBuilder().addAllData(map(values, value -> ((Number) value).intValue())))
                        .build();
            case Int64 ->
                field.setLongData(LongArray.newBuilder().addAllData(map(values, value -> ((Number) value).longValue())))
                        .build();
            case Float ->
                field.setFloatData(
                                FloatArray.newBuilder().addAllData(map(values, value -> ((Number) value).floatValue())))
                        .build();
            case Double ->
                field.setDoubleData(DoubleArray.newBuilder()
                                .addAllData(map(values, value -> ((Number) value).doubleValue())))
                        .build();
            case VarChar ->
                field.setStringData(StringArray.newBuilder().addAllData(map(values, String.class::cast)))
                        .build();
            case JSON ->
                field.setJsonData(JSONArray.newBuilder().addAllData(map(values, Columns::json)))
                        .build();
            default -> throw new IllegalStateException("no rows of type " + type);
        };
    }

    private static VectorField vectors(FieldSchema field, List<Object> values) {
        long dim = Long.parseLong(field.getTypeParamsList().stream()
                .filter(pair -> pair.getKey().equals("dim"))
                .findFirst()
                .orElseThrow()
                .getValue());
        VectorField.Builder vectors = VectorField.newBuilder().setDim(dim);
        if (field.getDataType() == DataType.BinaryVector) {
            ByteString.Output bytes = ByteString.newOutput();
            for (Object value : values) {
                byte[] vector = HexFormat.of().parseHex((String) value);
                bytes.write(vector, 0, vector.length);
            }
            return vectors.setBinaryVector(bytes.toByteString()).build();
        }
        FloatArray.Builder floats = FloatArray.newBuilder();
        for (Object value : values) {
            for (float number : (float[]) value) {
                floats.addData(number);
            }
        }
        return vectors.setFloatVector(floats).build();
    }

    private static FieldData dynamic(CollectionSchema schema, List<Map<String, Object>> rows) {
        List<String> fields =
                schema.getFieldsList().stream().map(FieldSchema::getName).toList();
        List<Map<String, Object>> rest = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            Map<String, Object> extra = new LinkedHashMap<>(row);
            fields.forEach(extra::remove);
            rest.add(extra);
        }
        return FieldData.newBuilder()
                .setFieldName("$meta")
                .setType(DataType.JSON)
                .setIsDynamic(true)
                .setScalars(scalars(DataType.JSON, rest))
                .build();
    }

    private static ByteString json(Object value) {
        try {
            return ByteString.copyFrom(JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> List<T> map(List<?> values, Function<Object, T> change) {
        List<T> changed = new ArrayList<>(values.size());
        for (Object value : values) {
            changed.add(change.apply(value));
        }
        return changed;
    }
}
