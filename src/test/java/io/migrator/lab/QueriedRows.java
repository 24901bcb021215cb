package io.migrator.lab;

import com.fasterxml.jackson.core.type.TypeReference;
import com.google.protobuf.ByteString;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.QueryResults;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.VectorField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns the columns of an answer into rows. */
final class QueriedRows {
    private QueriedRows() {}

    static List<Map<String, Object>> of(QueryResults answer) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (FieldData column : answer.getFieldsDataList()) {
            List<?> values = column.hasVectors()
                    ? vectors(column.getType(), column.getVectors())
                    : scalars(column.getType(), column.getScalars());
            while (rows.size() < values.size()) {
                rows.add(new TreeMap<>());
            }
            for (int i = 0; i < values.size(); i++) {
                if (column.getIsDynamic()) {
                    Map<String, Object> row = rows.get(i);
                    ((Map<?, ?>) values.get(i)).forEach((key, value) -> row.put((String) key, value));
                } else {
                    rows.get(i).put(column.getFieldName(), values.get(i));
                }
            }
        }
        return rows;
    }

    private static List<?> scalars(DataType type, ScalarField field) {
        return switch (type) {
            case Bool -> field.getBoolData().getDataList();
            case Int8, Int16, Int32 ->
                field.getIntData().getDataList().stream()
                        .map(Integer::longValue)
                        .toList();
            case Int64 -> field.getLongData().getDataList();
            case Float ->
                field.getFloatData().getDataList().stream()
                        .map(Float::doubleValue)
                        .toList();
            case Double -> field.getDoubleData().getDataList();
            case VarChar -> List.copyOf(field.getStringData().getDataList());
            case JSON ->
                field.getJsonData().getDataList().stream()
                        .map(QueriedRows::json)
                        .toList();
            case Array ->
                field.getArrayData().getDataList().stream()
                        .map(element -> scalars(field.getArrayData().getElementType(), element))
                        .toList();
            default -> throw new IllegalStateException("no rows of type " + type);
        };
    }

    private static List<?> vectors(DataType type, VectorField field) {
        int dim = (int) field.getDim();
        List<Object> vectors = new ArrayList<>();
        if (type == DataType.BinaryVector) {
            ByteString bytes = field.getBinaryVector();
            for (int at = 0; at < bytes.size(); at += dim / 8) {
                vectors.add(HexFormat.of()
                        .formatHex(bytes.substring(at, at + dim / 8).toByteArray()));
            }
            return vectors;
        }
        List<Float> floats = field.getFloatVector().getDataList();
        for (int at = 0; at < floats.size(); at += dim) {
            vectors.add(floats.subList(at, at + dim).stream()
                    .map(Float::doubleValue)
                    .toList());
        }
        return vectors;
    }

    private static Object json(ByteString bytes) {
        try {
            return Rows.JSON.readValue(bytes.toByteArray(), new TypeReference<Object>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
