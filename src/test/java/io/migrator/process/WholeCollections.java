package io.migrator.process;

import io.migrator.fake.data.DeltaForm;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Pairs;
import io.migrator.fake.model.PartitionModel;
import io.migrator.fake.model.Release;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.LabClient;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.KeyValuePair;
import java.util.ArrayList;
import java.util.List;

/** Makes the collections of {@link WholeSchemas} on a double, as a client does, with indexes of every kind and rows. */
final class WholeCollections {
    private static final ConsistencyLevel[] LEVELS = {
        ConsistencyLevel.Strong, ConsistencyLevel.Eventually, ConsistencyLevel.Session, ConsistencyLevel.Customized
    };
    private static final int ROWS = 25;

    private final DoubleServer server;
    private final LabClient client;
    private final Release release;

    WholeCollections(DoubleServer server, LabClient client) {
        this.server = server;
        this.client = client;
        this.release = server.server().model().release();
    }

    /** Names of what was made. */
    List<String> make() {
        List<String> names = new ArrayList<>();
        for (CollectionSchema schema : new WholeSchemas(release).all()) {
            boolean key = schema.getName().equals("tenants");
            LabClient.require(client.stub()
                    .createCollection(CreateCollectionRequest.newBuilder()
                            .setCollectionName(schema.getName())
                            .setSchema(schema.toByteString())
                            .setShardsNum(2)
                            .setConsistencyLevel(LEVELS[names.size()])
                            .setNumPartitions(key ? 4 : 0)
                            .addAllProperties(properties(schema.getName()))
                            .build()));
            names.add(schema.getName());
            fill(schema.getName());
        }
        indexes();
        return names;
    }

    private List<KeyValuePair> properties(String collection) {
        List<KeyValuePair> properties = new ArrayList<>();
        switch (collection) {
            case "scalars" -> properties.addAll(Pairs.of("collection.ttl.seconds", "3600", "mmap.enabled", "true"));
            case "vectors" -> properties.addAll(Pairs.of("collection.autocompaction.enabled", "false"));
            case "tenants" -> properties.addAll(Pairs.of("partitionkey.isolation", "true", "nobody.knows", "<&>"));
            default -> properties.addAll(Pairs.of("timezone", "Asia/Tokyo"));
        }
        if (collection.equals("scalars") && release.functionRuntimeCheck()) {
            properties.add(Pairs.pair("disable_func_runtime_check", "false"));
        }
        return properties;
    }

    /** In every partition, with deletes; where the release has them, in column groups, too. */
    void fill(String name) {
        CollectionModel collection = server.collection(name);
        if (!collection.hasPartitionKey()) {
            server.server().filling().partition(collection, "p1");
        }
        int first = 0;
        for (PartitionModel partition : collection.partitions()) {
            boolean groups = release.storageVersion() && first % 2 == 1;
            add(collection, partition.name(), first, groups);
            first += ROWS;
        }
    }

    void add(CollectionModel collection, String partition, int first, boolean groups) {
        SegmentRows rows = SegmentRows.of(ROWS, first, 1).withDeletes(2, DeltaForm.JSON);
        server.server()
                .filling()
                .segment(
                        collection,
                        partition,
                        groups ? Kind.COLUMN_GROUPS : Kind.PLAIN,
                        new SegmentWriter(collection.schema()).rows(groups ? rows.withStorageVersion(2) : rows));
    }

    private void indexes() {
        index("scalars", "v", "v_idx", "index_type", "HNSW", "metric_type", "L2", "params", "{\"M\":16}");
        index("scalars", "t5", "t5_idx", "index_type", "STL_SORT");
        index("scalars", "t21", "t21_idx", "index_type", "INVERTED", "mmap.enabled", "true");
        index("scalars", "t1", "t1_idx", "index_type", "AUTOINDEX");
        index("scalars", "a5", "a5_idx", "index_type", "BITMAP");
        index("vectors", "v100", "v100_idx", "index_type", "BIN_IVF_FLAT", "metric_type", "HAMMING", "nlist", "4");
        index("vectors", "v102", "v102", "index_type", "IVF_SQ8", "metric_type", "COSINE", "nlist", "16");
        index("vectors", "v103", "v103_idx", "index_type", "DISKANN", "metric_type", "IP");
        index("vectors", "v104", "s", "index_type", "SPARSE_WAND", "metric_type", "IP", "drop_ratio_build", "0.2");
        index("tenants", "v", "v", "index_type", "AUTOINDEX", "metric_type", "COSINE");
        if (release.nullableAndFunctions()) {
            index("scalars", "sparse", "bm", "index_type", "SPARSE_INVERTED_INDEX", "metric_type", "BM25");
            String[] path = {"index_type", "INVERTED", "json_path", "t23[\"k\"]", "json_cast_type", "double"};
            index("scalars", "t23", "json_k", path);
            path[3] = "t23[\"t\"]";
            path[5] = "varchar";
            index("scalars", "t23", "json_t", path);
        }
        if (release.structArrays()) {
            index("scalars", "v105", "v105_idx", "index_type", "HNSW", "metric_type", "COSINE", "M", "8");
            index("scalars", "t24", "shape", "index_type", "RTREE");
            index("structs", "v", "v", "index_type", "FLAT", "metric_type", "L2");
            index("structs", "part_vector", "pv", "index_type", "EMB_LIST_HNSW", "metric_type", "MAX_SIM_COSINE");
        }
    }

    private void index(String collection, String field, String name, String... params) {
        LabClient.require(client.stub()
                .createIndex(CreateIndexRequest.newBuilder()
                        .setCollectionName(collection)
                        .setFieldName(field)
                        .setIndexName(name)
                        .addAllExtraParams(Pairs.of(params))
                        .build()));
    }
}
