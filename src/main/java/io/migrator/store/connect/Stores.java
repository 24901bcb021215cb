package io.migrator.store.connect;

import io.migrator.config.StorageConfig;
import io.migrator.store.ObjectStore;
import io.migrator.store.azure.AzureStores;
import io.migrator.store.gcs.GcsStores;
import io.migrator.store.local.LocalStores;
import io.migrator.store.s3.S3Stores;
import io.migrator.store.throttle.Throttle;
import io.migrator.store.throttle.ThrottledStore;
import java.util.concurrent.TimeUnit;

/** Opens the bucket of a storage type. A provider's SDK is loaded only when a store of it is opened. */
public final class Stores {
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

    /** The store, asked no more often than the throttle allows; closing it closes the store. */
    public static ObjectStore throttled(ObjectStore store, Throttle throttle) {
        return throttle.requestsPerSecond() == 0
                ? store
                : new ThrottledStore(store, throttle.requests(System::nanoTime, TimeUnit.NANOSECONDS::sleep));
    }
}
