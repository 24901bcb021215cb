package io.migrator.fake.model;

/**
 * Whose files they are; binlogs carry these numbers inside.
 *
 * @param partition -1 for deletes of all partitions
 */
public record SegmentPlace(long collection, long partition, long segment) {
    /** As in a key: {@code collection/partition/segment}. */
    public String path() {
        return collection + "/" + partition + "/" + segment;
    }
}
