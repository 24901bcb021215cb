package io.migrator.lab;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.QueryRequest;
import io.milvus.grpc.QueryResults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads what a query of a loaded collection returns, with strong consistency, in the order of the primary key. Values
 * have one form for comparing: whole numbers are Long, others Double (floats widened), vectors lists of Double, binary
 * vectors hexadecimal text, JSON and arrays maps and lists; keys of the dynamic field stand beside the fields.
 */
public final class Rows {
    /** A collection's rows in short; equal where all rows are. */
    public record Digest(long rows, String sha256) {}

    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final int PAGE = 5_000;

    private final LabClient client;
    private final String database;

    public Rows(LabClient client) {
        this(client, "default");
    }

    public Rows(LabClient client, String database) {
        this.client = client;
        this.database = database;
    }

    /** All rows, for small collections. */
    public List<Map<String, Object>> all(String collection) {
        List<Map<String, Object>> rows = new ArrayList<>();
        forEach(collection, rows::add);
        return rows;
    }

    /** What a question finds, of up to a page of rows: by the key of a partition, Milvus looks into that one alone. */
    public List<Map<String, Object>> where(String collection, String expression) {
        List<FieldSchema> fields = fields(collection);
        QueryResults found = client.stub()
                .query(QueryRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .setConsistencyLevel(ConsistencyLevel.Strong)
                        .setExpr(expression)
                        .addOutputFields("*")
                        .build());
        LabClient.require(found.getStatus());
        List<Map<String, Object>> rows = QueriedRows.of(found);
        rows.sort(order(
                fields.stream().filter(FieldSchema::getIsPrimaryKey).findFirst().orElseThrow()));
        return rows;
    }

    /** For collections of any size. */
    public Digest digest(String collection) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            long[] count = {0};
            forEach(collection, row -> {
                sha.update(bytes(row));
                count[0]++;
            });
            return new Digest(count[0], HexFormat.of().formatHex(sha.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code count(*)}, deletes considered. */
    public long count(String collection) {
        QueryResults answer = client.stub()
                .query(QueryRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .setConsistencyLevel(ConsistencyLevel.Strong)
                        .addOutputFields("count(*)")
                        .build());
        LabClient.require(answer.getStatus());
        return answer.getFieldsData(0).getScalars().getLongData().getData(0);
    }

    /** Rows kept in a file, in the form that {@link #all} gives. */
    public static List<Map<String, Object>> parse(byte[] json) {
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Map<String, Object> row) {
        try {
            return JSON.writeValueAsBytes(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forEach(String collection, Consumer<Map<String, Object>> row) {
        List<FieldSchema> fields = fields(collection);
        FieldSchema key =
                fields.stream().filter(FieldSchema::getIsPrimaryKey).findFirst().orElseThrow();
        QueryRequest.Builder question = QueryRequest.newBuilder()
                .setDbName(database)
                .setCollectionName(collection)
                .setConsistencyLevel(ConsistencyLevel.Strong)
                .addOutputFields("*");
        // Milvus 2.2 leaves vectors out of "*", and a page of it does not hold the lowest keys: it gives all at once.
        fields.stream().filter(Rows::isVector).map(FieldSchema::getName).forEach(question::addOutputFields);
        boolean paged = !client.version().startsWith("v2.2.");
        if (paged) {
            question.addQueryParams(Schemas.pair("limit", Integer.toString(PAGE)));
        }
        // Milvus 2.2 takes no empty expression.
        String after = key.getName() + " not in []";
        while (true) {
            QueryResults page = client.stub().query(question.setExpr(after).build());
            LabClient.require(page.getStatus());
            List<Map<String, Object>> rows = QueriedRows.of(page);
            if (rows.isEmpty()) {
                return;
            }
            rows.sort(order(key));
            rows.forEach(row);
            if (!paged) {
                return;
            }
            Object last = rows.get(rows.size() - 1).get(key.getName());
            after = key.getName() + " > " + (last instanceof String text ? "\"" + text + "\"" : last);
        }
    }

    private static Comparator<Map<String, Object>> order(FieldSchema key) {
        return key.getDataType() == DataType.Int64
                ? Comparator.comparingLong(row -> (Long) row.get(key.getName()))
                : Comparator.comparing(row -> (String) row.get(key.getName()));
    }

    private static boolean isVector(FieldSchema field) {
        return field.getDataType() == DataType.FloatVector || field.getDataType() == DataType.BinaryVector;
    }

    private List<FieldSchema> fields(String collection) {
        DescribeCollectionResponse described = client.stub()
                .describeCollection(DescribeCollectionRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build());
        LabClient.require(described.getStatus());
        return described.getSchema().getFieldsList();
    }
}
