package io.migrator.store;

import io.migrator.config.StorageConfig;
import io.migrator.store.azure.AzureStores;
import io.migrator.store.gcs.GcsStores;
import io.migrator.store.local.LocalStores;
import io.migrator.store.s3.S3Stores;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Opens buckets and makes copy engines between them. A provider's SDK is loaded only when a store of it is opened. */
public final class Stores {
    /** How copies are to travel. */
    public enum Transfer {
        /** By the server where it has both buckets and the target's credentials can read the source, else streamed. */
        AUTO,
        /** By the server, or fail. */
        SERVER,
        /** Through this process. */
        STREAM
    }

    private Stores() {}

    /** Opens the bucket without a request to it. UNSUPPORTED where this build has no such source of credentials. */
    public static ObjectStore open(StorageConfig config) {
        return switch (config.type()) {
            case MINIO, S3, AWS, GCP, ALI, TC, HWC -> S3Stores.open(config);
            case LOCAL -> LocalStores.open(config);
            case AZURE -> AzureStores.open(config);
            case GCPNATIVE -> GcsStores.open(config);
        };
    }

    /**
     * An engine that copies from {@code source} to {@code target}; both stay open as long as it is used.
     *
     * @param inFlight how many objects are copied at the same time at most, over all threads that call the engine
     */
    public static CopyEngine copyEngine(ObjectStore source, ObjectStore target, Transfer transfer, int inFlight) {
        return copyEngine(source, target, transfer, inFlight, Throttle.NONE, line -> {});
    }

    /**
     * The same.
     *
     * @param throttle limits the bytes copied; requests are limited by stores that are {@link #throttled}
     * @param notes told which way was chosen and why, and of refusals afterwards; called from any thread
     */
    public static CopyEngine copyEngine(
            ObjectStore source,
            ObjectStore target,
            Transfer transfer,
            int inFlight,
            Throttle throttle,
            Consumer<String> notes) {
        Pace bytes = throttle.bytes(System::nanoTime, TimeUnit.NANOSECONDS::sleep);
        TransferChoice choice = new TransferChoice(source, target, transfer, bytes, inFlight, notes);
        return new ParallelCopyEngine(choice, source, target, inFlight);
    }

    /** The store, asked no more often than the throttle allows; closing it closes the store. */
    public static ObjectStore throttled(ObjectStore store, Throttle throttle) {
        return throttle.requestsPerSecond() == 0
                ? store
                : new ThrottledStore(store, throttle.requests(System::nanoTime, TimeUnit.NANOSECONDS::sleep));
    }
}
