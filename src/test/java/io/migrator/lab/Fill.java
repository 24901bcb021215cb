package io.migrator.lab;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.CreatePartitionRequest;
import io.milvus.grpc.DeleteRequest;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.FlushResponse;
import io.milvus.grpc.GetFlushStateRequest;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.InsertRequest;
import io.milvus.grpc.LoadCollectionRequest;
import io.milvus.grpc.LoadState;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.UpsertRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Fills a Milvus with collections whose rows follow from a seed. */
public final class Fill {
    private static final int BATCH = 10_000;
    private static final String[] HNSW = {
        "index_type", "HNSW", "metric_type", "L2", "params", "{\"M\":16,\"efConstruction\":64}"
    };

    private final LabClient client;
    private final String database;
    private final long seed;

    public Fill(LabClient client) {
        this(client, "default", 1);
    }

    public Fill(LabClient client, String database, long seed) {
        this.client = client;
        this.database = database;
        this.seed = seed;
    }

    /** The collection of the demo: two partitions, dynamic field {@code extra}, every 1000th row deleted, HNSW. */
    public void coll(String name, int rows, int dim) {
        CollectionSchema schema = Schemas.coll(name, dim);
        create(schema, 2, ConsistencyLevel.Bounded, 0);
        partition(name, "p1");
        Random random = new Random(seed);
        IntFunction<Map<String, Object>> row = i -> SeededRows.collRow(i, SeededRows.vector(random, dim));
        insert(schema, "_default", 0, rows / 2, row);
        insert(schema, "p1", rows / 2, rows, row);
        flush(name);
        deleteEvery(name, rows, 1000);
        flush(name);
        index(name, "v", "v_idx", HNSW);
    }

    /** Many sealed segments over two partitions; keep compaction off on that server. */
    public void manySegments(String name, int segments, int rowsEach, int dim) {
        CollectionSchema schema = Schemas.coll(name, dim);
        create(schema, 1, ConsistencyLevel.Bounded, 0);
        partition(name, "p1");
        Random random = new Random(seed);
        for (int segment = 0; segment < segments; segment++) {
            int first = segment * rowsEach;
            insert(
                    schema,
                    segment % 2 == 0 ? "_default" : "p1",
                    first,
                    first + rowsEach,
                    i -> SeededRows.collRow(i, SeededRows.vector(random, dim)));
            flush(name);
        }
    }

    /** The collection {@code all_types} of milvus-backup's samples: every scalar type, deletes, an upsert, an alias. */
    public void allTypes(String name, String alias) {
        CollectionSchema schema = Schemas.allTypes(name);
        create(schema, 2, ConsistencyLevel.Session, 0, "collection.ttl.seconds", "864000000");
        partition(name, "p1");
        Random random = new Random(seed);
        IntFunction<Map<String, Object>> row = i -> SeededRows.allTypesRow(i, SeededRows.vector(random, 8));
        insert(schema, "_default", 0, 200, row);
        insert(schema, "p1", 200, 300, row);
        flush(name);
        index(name, "fv", "fv_idx", "index_type", "IVF_FLAT", "metric_type", "COSINE", "params", "{\"nlist\":16}");
        index(name, "i64", "i64_idx", "index_type", "STL_SORT");
        load(name);
        delete(name, "id in [\"k00000\", \"k00001\", \"k00250\"]");
        upsert(schema, "_default", IntStream.of(10, 11).mapToObj(row).toList());
        flush(name);
        alias(name, alias);
    }

    /** What Milvus 2.2.16 can hold: JSON and a dynamic field, two partitions, every 100th row deleted, HNSW, an alias. */
    public void old(String name, String alias, int rows) {
        CollectionSchema schema = Schemas.old(name);
        create(schema, 2, ConsistencyLevel.Bounded, 0);
        partition(name, "p1");
        Random random = new Random(seed);
        IntFunction<Map<String, Object>> row = i -> SeededRows.oldRow(i, SeededRows.vector(random, 8));
        insert(schema, "_default", 0, rows / 2, row);
        insert(schema, "p1", rows / 2, rows, row);
        flush(name);
        deleteEvery(name, rows, 100);
        flush(name);
        index(name, "v", "v_idx", HNSW);
        alias(name, alias);
    }

    /** Rows more for a collection as {@link #coll} makes it, which no flush follows. */
    public void unflushed(String name, int firstRow, int rows, int dim) {
        Random random = new Random(seed);
        insert(
                Schemas.coll(name, dim),
                "_default",
                firstRow,
                firstRow + rows,
                i -> SeededRows.collRow(i, SeededRows.vector(random, dim)));
    }

    /** As {@link #pk}, without rows. */
    public void emptyPk(String name, int partitions) {
        create(Schemas.pk(name), 1, ConsistencyLevel.Bounded, partitions);
    }

    /** The collection {@code pk} of milvus-backup's samples: partition key, auto id, binary vector. */
    public void pk(String name) {
        CollectionSchema schema = Schemas.pk(name);
        create(schema, 1, ConsistencyLevel.Bounded, 4);
        insert(
                schema,
                "",
                0,
                120,
                i -> Map.of(
                        "tenant", "t" + i % 9, "bv", HexFormat.of().formatHex(new byte[] {(byte) i, (byte) (i * 7)})));
        flush(name);
        index(name, "bv", "bv", "index_type", "BIN_IVF_FLAT", "metric_type", "HAMMING", "params", "{\"nlist\":4}");
        load(name);
    }

    /**
     * An empty collection of fields id, title, score and v with indexes.
     *
     * @param params field to key, value, key, value, ...
     */
    public void indexed(String name, Map<String, List<String>> params) {
        create(Schemas.coll(name, 8), 1, ConsistencyLevel.Bounded, 0);
        params.forEach((field, words) -> index(name, field, field + "_idx", words.toArray(String[]::new)));
    }

    public void database() {
        LabClient.require(client.stub()
                .createDatabase(
                        CreateDatabaseRequest.newBuilder().setDbName(database).build()));
    }

    /** @param properties key, value, key, value, ... */
    public void create(
            CollectionSchema schema, int shards, ConsistencyLevel consistency, int partitions, String... properties) {
        LabClient.require(client.stub()
                .createCollection(CreateCollectionRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(schema.getName())
                        .setSchema(schema.toByteString())
                        .setShardsNum(shards)
                        .setConsistencyLevel(consistency)
                        .setNumPartitions(partitions)
                        .addAllProperties(Schemas.pairs(properties))
                        .build()));
    }

    public void partition(String collection, String partition) {
        LabClient.require(client.stub()
                .createPartition(CreatePartitionRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .setPartitionName(partition)
                        .build()));
    }

    public void alias(String collection, String alias) {
        LabClient.require(client.stub()
                .createAlias(CreateAliasRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .setAlias(alias)
                        .build()));
    }

    /** @param partition empty where a partition key spreads the rows */
    public void insert(
            CollectionSchema schema, String partition, int from, int to, IntFunction<Map<String, Object>> row) {
        for (int first = from; first < to; first += BATCH) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int i = first; i < Math.min(to, first + BATCH); i++) {
                rows.add(row.apply(i));
            }
            LabClient.require(client.stub()
                    .insert(InsertRequest.newBuilder()
                            .setDbName(database)
                            .setCollectionName(schema.getName())
                            .setPartitionName(partition)
                            .addAllFieldsData(Columns.of(schema, rows))
                            .setNumRows(rows.size())
                            .build()));
        }
    }

    public void upsert(CollectionSchema schema, String partition, List<Map<String, Object>> rows) {
        LabClient.require(client.stub()
                .upsert(UpsertRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(schema.getName())
                        .setPartitionName(partition)
                        .addAllFieldsData(Columns.of(schema, rows))
                        .setNumRows(rows.size())
                        .build()));
    }

    private void deleteEvery(String collection, int rows, int step) {
        IntStream last = IntStream.range(0, rows).filter(i -> i % step == step - 1);
        delete(collection, "id in " + last.boxed().toList());
    }

    public void delete(String collection, String expression) {
        LabClient.require(client.stub()
                .delete(DeleteRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .setExpr(expression)
                        .build()));
    }

    /** Seals all rows and waits until they are written. */
    public void flush(String collection) {
        FlushResponse sealed = client.stub()
                .flush(FlushRequest.newBuilder()
                        .setDbName(database)
                        .addCollectionNames(collection)
                        .build());
        LabClient.require(sealed.getStatus());
        GetFlushStateRequest question = GetFlushStateRequest.newBuilder()
                .setDbName(database)
                .setCollectionName(collection)
                .setFlushTs(sealed.getCollFlushTsMap().getOrDefault(collection, 0L))
                .addAllSegmentIDs(sealed.getCollSegIDsMap()
                        .getOrDefault(collection, LongArray.getDefaultInstance())
                        .getDataList())
                .build();
        Awaitility.await("flush of " + collection)
                .atMost(Duration.ofMinutes(5))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> client.stub().getFlushState(question).getFlushed());
    }

    /** @param params key, value, key, value, ... */
    public void index(String collection, String field, String name, String... params) {
        LabClient.require(client.stub()
                .createIndex(CreateIndexRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .setFieldName(field)
                        .setIndexName(name)
                        .addAllExtraParams(Schemas.pairs(params))
                        .build()));
    }

    /** Loads and waits until that is done. */
    public void load(String collection) {
        LabClient.require(client.stub()
                .loadCollection(LoadCollectionRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .setReplicaNumber(1)
                        .build()));
        Awaitility.await("load of " + collection)
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> client.stub()
                                .getLoadState(GetLoadStateRequest.newBuilder()
                                        .setDbName(database)
                                        .setCollectionName(collection)
                                        .build())
                                .getState()
                        == LoadState.LoadStateLoaded);
    }
}
