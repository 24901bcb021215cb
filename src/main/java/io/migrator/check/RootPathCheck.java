package io.migrator.check;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Expected;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.Segment;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Guards against the most common mistake of Milvus users: a bucket or root path that is not the one Milvus writes to. */
public final class RootPathCheck {
    /** Collections looked into before it is given up to find one with a sealed segment. */
    public static final int TRIES = 20;

    private final ObjectStore milvusStore;
    private final String rootPath;

    /** @param rootPath as configured, without slashes at its ends, may be empty */
    public RootPathCheck(ObjectStore milvusStore, String rootPath) {
        this.milvusStore = milvusStore;
        this.rootPath = rootPath;
    }

    /** A segment of the collection that must have insert logs; empty where none is sealed. NOT_FOUND as the source gives it. */
    public static Optional<Segment> sealed(MilvusSource source, String database, String collection) {
        return source.segments(database, collection, id -> false).stream()
                .filter(segment -> !segment.deletesOnly())
                .findFirst();
    }

    /** Whether files of the segment lie under the configured root path. */
    public boolean holds(Segment segment) {
        return holds(rootPath, segment);
    }

    /** The error for a segment without files, with the root path under which they do lie. */
    public MigratorException missing(String collection, Segment segment) {
        StorageConfig config = milvusStore.config();
        String where = config.bucketName() + "/" + (rootPath.isEmpty() ? "" : rootPath + "/");
        String advice = elsewhere(segment)
                .map(found -> "They are under %s/%s. Set %s=%s"
                        .formatted(config.bucketName(), found, config.side().rootPathKey(), config.milvusPath(found)))
                .orElse("Set %s and %s to the bucket and root path in the minio section of this Milvus' milvus.yaml"
                        .formatted(config.side().bucketKey(), config.side().rootPathKey()));
        return MigratorException.unable(
                Failure.NOT_FOUND,
                "back up",
                collection,
                "no binlog of segment %d under %s".formatted(segment.id(), where),
                advice + ".");
    }

    /** The root path under which the segment's files do lie; a key need not see anything above its own. */
    private Optional<String> elsewhere(Segment segment) {
        return Expected.unless(
                        Failure.DENIED, () -> Stream.concat(Stream.of(""), milvusStore.listDirectories("").stream())
                                .filter(candidate -> !candidate.equals(rootPath))
                                .filter(candidate -> holds(candidate, segment))
                                .findFirst())
                .flatMap(Function.identity());
    }

    private boolean holds(String root, Segment segment) {
        String kind = segment.level0() ? "delta_log" : "insert_log";
        String dir = VaultLayout.milvusPartitionDir(root, kind, segment.collectionId(), segment.partitionId())
                + segment.id() + "/";
        try (Stream<StoredObject> objects = milvusStore.list(dir)) {
            return objects.findFirst().isPresent();
        }
    }
}
