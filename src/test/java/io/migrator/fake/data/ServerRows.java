package io.migrator.fake.data;

import io.migrator.fake.model.Keys;
import io.migrator.fake.model.SegmentPlace;
import io.migrator.lab.LabClient;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.GetPersistentSegmentInfoRequest;
import io.milvus.grpc.GetPersistentSegmentInfoResponse;
import io.milvus.grpc.PersistentSegmentInfo;
import io.milvus.grpc.SegmentState;
import java.util.stream.Stream;

/**
 * The rows of a real server's flushed segments, read from its files: the same digest as {@link StoredRows} gives of a
 * double's.
 *
 * @param files the server's own bucket or folder
 */
public record ServerRows(LabClient client, ObjectStore files) {
    private static final int MOST_BYTES = 1 << 26;

    public RowDigest digest(String collection) {
        DescribeCollectionResponse described = client.stub()
                .describeCollection(DescribeCollectionRequest.newBuilder()
                        .setCollectionName(collection)
                        .build());
        LabClient.require(described.getStatus());
        GetPersistentSegmentInfoResponse segments = client.stub()
                .getPersistentSegmentInfo(GetPersistentSegmentInfoRequest.newBuilder()
                        .setCollectionName(collection)
                        .build());
        LabClient.require(segments.getStatus());
        long key = FieldList.primaryKey(described.getSchema()).getFieldID();
        return segments.getInfosList().stream()
                .filter(segment -> segment.getState() == SegmentState.Flushed)
                .map(segment -> digest(segment, key))
                .reduce(RowDigest.NONE, RowDigest::plus);
    }

    private RowDigest digest(PersistentSegmentInfo segment, long primaryKey) {
        Keys keys = new Keys(files.config().rootPath());
        SegmentPlace place =
                new SegmentPlace(segment.getCollectionID(), segment.getPartitionID(), segment.getSegmentID());
        SegmentReader reader = new SegmentReader(key -> files.read(key, MOST_BYTES));
        SegmentData rows = reader.rows(SegmentReader.byGroup(under(keys.dir("insert_log", place))));
        var deletions = reader.deletions(under(keys.dir("delta_log", place)));
        return RowDigest.of(rows.without(deletions, primaryKey, 0, Long.MAX_VALUE));
    }

    private Stream<String> under(String dir) {
        try (Stream<StoredObject> objects = files.list(dir)) {
            return objects.map(StoredObject::key).toList().stream();
        }
    }
}
