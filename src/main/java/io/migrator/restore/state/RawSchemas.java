package io.migrator.restore.state;

import com.google.protobuf.ByteString;
import io.migrator.catalog.Catalog;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The descriptions of collections that the backup kept as Milvus gave them, each read once. */
public final class RawSchemas {
    private final Catalog catalog;
    private final String backup;
    private final ConcurrentMap<Long, Optional<ByteString>> read = new ConcurrentHashMap<>();

    public RawSchemas(Catalog catalog, String backup) {
        this.catalog = catalog;
        this.backup = backup;
    }

    /** Null where milvus-backup made the backup. */
    @Nullable
    public ByteString of(long collectionId) {
        return read.computeIfAbsent(
                        collectionId, id -> catalog.rawSchema(backup, id).map(ByteString::copyFrom))
                .orElse(null);
    }
}
