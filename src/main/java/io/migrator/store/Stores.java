package io.migrator.store;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.azure.AzureStores;
import io.migrator.store.local.LocalStores;
import io.migrator.store.s3.S3Stores;
import java.util.Locale;

/** Opens buckets and makes copy engines between them. A provider's SDK is loaded only when a store of it is opened. */
public final class Stores {
    /** How copies are to travel. */
    public enum Transfer {
        /** By the server where both buckets are on it and the target's credentials can read the source, else streamed. */
        AUTO,
        /** By the server, or fail. */
        SERVER,
        /** Through this process. */
        STREAM
    }

    private Stores() {}

    /** Opens the bucket without a request to it. UNSUPPORTED where this build has no such storage type. */
    public static ObjectStore open(StorageConfig config) {
        return switch (config.type()) {
            case MINIO, S3, AWS, GCP, ALI, TC, HWC -> S3Stores.open(config);
            case LOCAL -> LocalStores.open(config);
            case AZURE -> AzureStores.open(config);
            case GCPNATIVE -> throw unsupported(config);
        };
    }

    private static MigratorException unsupported(StorageConfig config) {
        return MigratorException.unable(
                Failure.UNSUPPORTED,
                "open",
                config.bucketName(),
                "this build has no storage type '%s'"
                        .formatted(config.type().name().toLowerCase(Locale.ROOT)),
                "Set %s to one of local, azure, minio, s3, aws, gcp, ali, tc, hwc.".formatted(storageTypeKey(config)));
    }

    private static String storageTypeKey(StorageConfig config) {
        return switch (config.side()) {
            case MILVUS -> "minio.storageType";
            case VAULT -> "minio.backupStorageType";
        };
    }

    /**
     * An engine that copies from {@code source} to {@code target}; both stay open as long as it is used.
     *
     * @param inFlight how many objects are copied at the same time at most, over all threads that call the engine
     */
    public static CopyEngine copyEngine(ObjectStore source, ObjectStore target, Transfer transfer, int inFlight) {
        return new ParallelCopyEngine(new TransferChoice(source, target, transfer), source, target, inFlight);
    }
}
