package io.migrator.fake.data;

/**
 * A delete of one primary key.
 *
 * @param key Long or String
 * @param timestamp as Milvus counts: milliseconds shifted left by 18 bits
 */
public record Deletion(Object key, long timestamp) {}
