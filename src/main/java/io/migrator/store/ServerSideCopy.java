package io.migrator.store;

import io.migrator.config.StorageConfig;
import java.util.concurrent.CompletableFuture;

/** Asks the target's server to copy; no byte and no waiting thread here. */
final class ServerSideCopy implements CopyWay {
    private final StorageConfig sourceBucket;
    private final ObjectStore target;

    ServerSideCopy(StorageConfig sourceBucket, ObjectStore target) {
        this.sourceBucket = sourceBucket;
        this.target = target;
    }

    @Override
    public CompletableFuture<StoredObject> copy(CopyRequest request) {
        return target.copyFrom(sourceBucket, request.source(), request.targetKey());
    }

    @Override
    public String name() {
        return "server-side";
    }
}
