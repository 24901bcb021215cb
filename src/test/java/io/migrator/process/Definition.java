package io.migrator.process;

import io.migrator.lab.LabClient;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.DescribeIndexResponse;
import io.milvus.grpc.IndexDescription;
import io.milvus.grpc.KeyValuePair;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a server tells of a collection that must be the same after a restore. Names of collection and database are left
 * out; ids of fields and functions are not.
 *
 * @param schema as the server gave it, unknown attributes included
 * @param indexes parameters by index name
 */
record Definition(
        CollectionSchema schema,
        SortedMap<String, String> properties,
        int shards,
        int consistency,
        long partitions,
        SortedMap<String, Index> indexes) {
    record Index(String field, SortedMap<String, String> params) {}

    /** Of a collection in database {@code default}. */
    static Definition of(LabClient client, String collection) {
        DescribeCollectionResponse described = client.stub()
                .describeCollection(DescribeCollectionRequest.newBuilder()
                        .setCollectionName(collection)
                        .build());
        LabClient.require(described.getStatus());
        return new Definition(
                nameless(described.getSchema()),
                map(described.getPropertiesList()),
                described.getShardsNum(),
                described.getConsistencyLevelValue(),
                described.getNumPartitions(),
                indexes(client, collection));
    }

    static CollectionSchema nameless(CollectionSchema schema) {
        return schema.toBuilder().clearName().clearDbName().build();
    }

    static SortedMap<String, String> map(List<KeyValuePair> pairs) {
        SortedMap<String, String> map = new TreeMap<>();
        pairs.forEach(pair -> map.put(pair.getKey(), pair.getValue()));
        return map;
    }

    private static SortedMap<String, Index> indexes(LabClient client, String collection) {
        DescribeIndexResponse described = client.stub()
                .describeIndex(DescribeIndexRequest.newBuilder()
                        .setCollectionName(collection)
                        .build());
        SortedMap<String, Index> indexes = new TreeMap<>();
        for (IndexDescription index : described.getIndexDescriptionsList()) {
            indexes.put(index.getIndexName(), new Index(index.getFieldName(), map(index.getParamsList())));
        }
        return indexes;
    }
}
