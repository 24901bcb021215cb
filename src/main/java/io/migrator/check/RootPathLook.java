package io.migrator.check;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.Segment;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
        RootPathCheck check = new RootPathCheck(bucket, rootPath);
        MigratorException missing = null;
        int tried = 0;
        for (String database : source.databases()) {
            for (String collection : source.collections(database).keySet()) {
                if (tried++ == RootPathCheck.TRIES) {
                    return none(missing);
                }
                Optional<Segment> sealed = RootPathCheck.sealed(source, database, collection);
                String name = database + "." + collection;
                if (sealed.isPresent() && check.holds(sealed.get())) {
                    read(rootPath, sealed.get());
                    return found(name, sealed.get(), missing);
                }
                if (sealed.isPresent() && missing == null) {
                    missing = check.missing(name, sealed.get());
                }
            }
        }
        return none(missing);
    }

    /** Like a backup: that one collection's files are missing while another's are there is that collection's affair. */
    private CheckFinding found(String name, Segment segment, @Nullable MigratorException missing) {
        return missing == null
                ? CheckFinding.ok(
                        SUBJECT,
                        "segment %d of %s lies under %s/%s and can be read"
                                .formatted(
                                        segment.id(),
                                        name,
                                        bucket.config().bucketName(),
                                        bucket.config().rootPath()))
                : CheckFinding.warn(
                        SUBJECT,
                        "files of %s are there, but not those of each collection: %s"
                                .formatted(name, missing.getMessage()));
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

    private static CheckFinding none(@Nullable MigratorException missing) {
        if (missing != null) {
            throw missing;
        }
        return CheckFinding.warn(
                SUBJECT,
                "no collection has a sealed segment, so bucket and root path cannot be proven. Insert rows, flush, and"
                        + " check again");
    }
}
