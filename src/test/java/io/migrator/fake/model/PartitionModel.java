package io.migrator.fake.model;

/** @param createdTimestamp hybrid */
public record PartitionModel(long id, String name, long createdTimestamp) {
    public static final String DEFAULT = "_default";
}
