package io.migrator.backup;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.CollectionInfo;
import io.migrator.format.VaultLayout;
import io.migrator.milvus.Segment;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.util.List;
import java.util.stream.Stream;

/** Guards against the most common mistake of Milvus users: a bucket or root path that is not the one Milvus writes to. */
final class RootPathCheck {
    private final ObjectStore milvusStore;
    private final String rootPath;

    RootPathCheck(ObjectStore milvusStore, String rootPath) {
        this.milvusStore = milvusStore;
        this.rootPath = rootPath;
    }

    /** Fails unless files of one of the segments lie under the configured root path. */
    void require(CollectionInfo collection, List<Segment> segments) {
        for (Segment segment : segments) {
            if (!segment.level0() && segment.rows() > 0) {
                if (!holds(rootPath, collection.collectionId(), segment)) {
                    throw missing(collection, segment);
                }
                return;
            }
        }
    }

    /** The error for a segment without files, with the root path under which they do lie. */
    MigratorException missing(CollectionInfo collection, Segment segment) {
        StorageConfig config = milvusStore.config();
        String where = config.bucketName() + "/" + (rootPath.isEmpty() ? "" : rootPath + "/");
        String advice = Stream.concat(Stream.of(""), milvusStore.listDirectories("").stream())
                .filter(candidate -> !candidate.equals(rootPath))
                .filter(candidate -> holds(candidate, collection.collectionId(), segment))
                .findFirst()
                .map(found -> "They are under %s/%s. Set %s=%s"
                        .formatted(config.bucketName(), found, config.side().rootPathKey(), config.milvusPath(found)))
                .orElse("Set %s and %s to the bucket and root path in the minio section of this Milvus' milvus.yaml"
                        .formatted(config.side().bucketKey(), config.side().rootPathKey()));
        return MigratorException.unable(
                Failure.NOT_FOUND,
                "back up",
                collection.qualifiedName(),
                "no binlog of segment %d under %s".formatted(segment.id(), where),
                advice + ".");
    }

    private boolean holds(String root, long collectionId, Segment segment) {
        String dir = VaultLayout.milvusPartitionDir(root, "insert_log", collectionId, segment.partitionId())
                + segment.id() + "/";
        try (Stream<StoredObject> objects = milvusStore.list(dir)) {
            return objects.findFirst().isPresent();
        }
    }
}
