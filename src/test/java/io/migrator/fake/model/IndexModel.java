package io.migrator.fake.model;

import io.milvus.grpc.KeyValuePair;
import java.util.List;

/** @param params as DescribeIndex shows them */
public record IndexModel(long id, String name, String fieldName, List<KeyValuePair> params) {
    /** The value of a parameter; empty where it is not set. */
    public String param(String key) {
        return Pairs.value(params, key);
    }
}
