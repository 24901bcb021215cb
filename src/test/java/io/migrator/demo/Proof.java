package io.migrator.demo;

import io.migrator.lab.LabClient;
import io.migrator.lab.Rows;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.IndexDescription;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.QueryRequest;
import io.milvus.grpc.QueryResults;
import io.milvus.grpc.ShowPartitionsRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares a collection of milvus_A with its restored one on milvus_B, by questions to both servers and to the store. */
final class Proof {
    private static final String PROVED = "PROVED  ";

    private final TwoMilvus servers;
    private final String original;
    private final String restored;
    private final List<String> lines = new ArrayList<>();
    private boolean failed;

    Proof(TwoMilvus servers, String original, String restored) {
        this.servers = servers;
        this.original = original;
        this.restored = restored;
    }

    /** One line for each thing looked at, {@code PROVED} or {@code FAILED} in front. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    boolean failed() {
        return failed;
    }

    void rows() {
        Rows rowsA = new Rows(servers.clientA());
        Rows rowsB = new Rows(servers.clientB());
        equal("rows that count(*) finds", rowsA.count(original), rowsB.count(restored));
        equal(
                "rows in each partition",
                perPartition(servers.clientA(), original),
                perPartition(servers.clientB(), restored));
        equal(
                "rows read and SHA-256 over all their values",
                shown(rowsA.digest(original)),
                shown(rowsB.digest(restored)));
    }

    private static String shown(Rows.Digest digest) {
        return "%,d, %s".formatted(digest.rows(), digest.sha256());
    }

    void schema() {
        DescribeCollectionResponse a = describe(servers.clientA(), original);
        DescribeCollectionResponse b = describe(servers.clientB(), restored);
        equal("schema", schema(a), schema(b));
        equal("indexes", indexes(servers.clientA(), original), indexes(servers.clientB(), restored));
    }

    void objects(String backup) {
        long id = describe(servers.clientB(), restored).getCollectionID();
        String logs = TwoMilvus.ROOT_PATH + "/insert_log/" + id + "/";
        String vault = TwoMilvus.VAULT_ROOT + "/" + backup + "/";
        try (ObjectStore bucket = servers.bucket(TwoMilvus.BUCKET_B)) {
            long own = count(bucket, logs);
            say(own > 0, "%d objects at %s/%s".formatted(own, TwoMilvus.BUCKET_B, logs));
            List<String> strangers;
            try (Stream<StoredObject> all = bucket.list("")) {
                strangers = all.map(StoredObject::key)
                        .filter(key -> !key.startsWith(TwoMilvus.ROOT_PATH + "/") && !key.startsWith(vault))
                        .toList();
            }
            say(
                    strangers.isEmpty(),
                    "%s holds nothing but Milvus' %s/ and the vault's %s%s"
                            .formatted(
                                    TwoMilvus.BUCKET_B,
                                    TwoMilvus.ROOT_PATH,
                                    vault,
                                    strangers.isEmpty() ? "" : "; found " + strangers));
        }
    }

    private static long count(ObjectStore bucket, String prefix) {
        try (Stream<StoredObject> objects = bucket.list(prefix)) {
            return objects.count();
        }
    }

    private void equal(String what, Object a, Object b) {
        boolean equal = Objects.equals(a, b);
        say(equal, equal ? "equal %s: %s".formatted(what, a) : "%s differ:%n  %s%n  %s".formatted(what, a, b));
    }

    int proved() {
        return (int) lines.stream().filter(line -> line.startsWith(PROVED)).count();
    }

    private void say(boolean good, String text) {
        failed |= !good;
        lines.add((good ? PROVED : "FAILED  ") + text);
    }

    private static DescribeCollectionResponse describe(LabClient client, String collection) {
        DescribeCollectionResponse answer = client.stub()
                .describeCollection(DescribeCollectionRequest.newBuilder()
                        .setCollectionName(collection)
                        .build());
        LabClient.require(answer.getStatus());
        return answer;
    }

    private static String schema(DescribeCollectionResponse described) {
        String fields = described.getSchema().getFieldsList().stream()
                .map(field -> "%s %s%s%s"
                        .formatted(
                                field.getName(),
                                field.getDataType(),
                                pairs(field.getTypeParamsList()),
                                field.getIsPrimaryKey() ? " key" : ""))
                .collect(Collectors.joining(", "));
        return "%s; dynamic field %s, %d shards, consistency %s, properties %s"
                .formatted(
                        fields,
                        described.getSchema().getEnableDynamicField() ? "on" : "off",
                        described.getShardsNum(),
                        described.getConsistencyLevel(),
                        pairs(described.getPropertiesList()));
    }

    private static List<String> indexes(LabClient client, String collection) {
        var answer = client.stub()
                .describeIndex(DescribeIndexRequest.newBuilder()
                        .setCollectionName(collection)
                        .build());
        LabClient.require(answer.getStatus());
        return answer.getIndexDescriptionsList().stream()
                .map(Proof::shown)
                .sorted()
                .toList();
    }

    private static String shown(IndexDescription index) {
        return "%s on %s %s".formatted(index.getIndexName(), index.getFieldName(), pairs(index.getParamsList()));
    }

    private static Map<String, String> pairs(List<KeyValuePair> pairs) {
        Map<String, String> sorted = new TreeMap<>();
        pairs.forEach(pair -> sorted.put(pair.getKey(), pair.getValue()));
        return sorted;
    }

    private static Map<String, Long> perPartition(LabClient client, String collection) {
        var partitions = client.stub()
                .showPartitions(ShowPartitionsRequest.newBuilder()
                        .setCollectionName(collection)
                        .build());
        LabClient.require(partitions.getStatus());
        Map<String, Long> rows = new TreeMap<>();
        for (String partition : partitions.getPartitionNamesList()) {
            QueryResults answer = client.stub()
                    .query(QueryRequest.newBuilder()
                            .setCollectionName(collection)
                            .addPartitionNames(partition)
                            .setConsistencyLevel(ConsistencyLevel.Strong)
                            .addOutputFields("count(*)")
                            .build());
            LabClient.require(answer.getStatus());
            rows.put(
                    partition,
                    answer.getFieldsData(0).getScalars().getLongData().getData(0));
        }
        return rows;
    }
}
