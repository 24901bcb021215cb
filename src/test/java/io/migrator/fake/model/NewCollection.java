package io.migrator.fake.model;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.KeyValuePair;
import java.util.List;

/**
 * What a collection is made from, checked and numbered.
 *
 * @param partitions 0 for the one default partition, else the number of those of a partition key
 */
public record NewCollection(
        DatabaseModel database,
        CollectionSchema schema,
        List<KeyValuePair> properties,
        ConsistencyLevel consistency,
        int shards,
        int partitions) {}
