package io.migrator.fake.data;

import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rows that a collection's files in a bucket stand for, with deletes applied as Milvus does: those of a segment's own
 * delta logs to its rows, those of an L0 segment to all rows of its partition, or of the collection.
 *
 * @param primaryKey id of the key's field
 */
public record StoredRows(ObjectStore bucket, long primaryKey) {
    private static final int MOST_BYTES = 1 << 30;

    /**
     * @param sealed segments with rows, of one collection
     * @param level0 its segments that have deletes alone
     */
    public RowDigest digest(Collection<SegmentIds> sealed, Collection<SegmentIds> level0) {
        RowDigest digest = RowDigest.NONE;
        for (SegmentIds segment : sealed) {
            List<Deletion> deletions = new ArrayList<>(deletions(segment));
            for (SegmentIds other : level0) {
                if (other.partitionId() < 0 || other.partitionId() == segment.partitionId()) {
                    deletions.addAll(deletions(other));
                }
            }
            SegmentData data = reader().rows(SegmentReader.byGroup(keys(segment.insertDirectory())));
            digest = digest.plus(RowDigest.of(data.without(deletions, primaryKey, 0, Long.MAX_VALUE)));
        }
        return digest;
    }

    private List<Deletion> deletions(SegmentIds segment) {
        return reader().deletions(keys(segment.deltaDirectory()));
    }

    private Stream<String> keys(String directory) {
        return bucket.list(directory).map(StoredObject::key);
    }

    private SegmentReader reader() {
        return new SegmentReader(key -> bucket.read(key, MOST_BYTES));
    }
}
