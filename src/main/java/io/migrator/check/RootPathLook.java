package io.migrator.check;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.VaultLayout;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.Segment;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the files of a sealed segment lie where the configuration says, and can be read. */
final class RootPathLook {
    private static final String SUBJECT = "root path";

    private final MilvusSource source;
    private final ObjectStore bucket;

    RootPathLook(MilvusSource source, ObjectStore bucket) {
        this.source = source;
        this.bucket = bucket;
    }

    CheckFinding find() {
        String rootPath = bucket.config().rootPath();
        int tried = 0;
        for (String database : source.databases()) {
            for (String collection : source.collections(database).keySet()) {
                if (tried++ == RootPathCheck.TRIES) {
                    return unknown();
                }
                Optional<Segment> sealed = RootPathCheck.sealed(source, database, collection);
                if (sealed.isPresent()) {
                    String name = database + "." + collection;
                    new RootPathCheck(bucket, rootPath).require(name, sealed.get());
                    read(rootPath, sealed.get());
                    return CheckFinding.ok(
                            SUBJECT,
                            "segment %d of %s lies under %s/%s and can be read"
                                    .formatted(
                                            sealed.get().id(),
                                            name,
                                            bucket.config().bucketName(),
                                            rootPath));
                }
            }
        }
        return unknown();
    }

    private void read(String rootPath, Segment segment) {
        String dir =
                VaultLayout.milvusPartitionDir(rootPath, "insert_log", segment.collectionId(), segment.partitionId())
                        + segment.id() + "/";
        String key;
        try (Stream<StoredObject> objects = bucket.list(dir)) {
            key = objects.findFirst().map(StoredObject::key).orElse(null);
        }
        if (key == null) {
            return;
        }
        try (InputStream file = bucket.open(key)) {
            file.read();
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.UNREACHABLE, "read", key, String.valueOf(e.getMessage()), "Look at the store.", e);
        }
    }

    private static CheckFinding unknown() {
        return CheckFinding.warn(
                SUBJECT,
                "no collection has a sealed segment, so bucket and root path cannot be proven. Insert rows, flush, and"
                        + " check again");
    }
}
