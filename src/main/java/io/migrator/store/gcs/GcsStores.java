package io.migrator.store.gcs;

import io.migrator.config.StorageConfig;
import io.migrator.store.ObjectStore;
import io.migrator.store.driver.Deadlines;
import io.migrator.store.driver.Retry;

/** Opens buckets of Google Cloud Storage by Google's own client ({@code gcpnative}). */
public final class GcsStores {
    private GcsStores() {}

    /** Opens the bucket without a request to it. USAGE where the service account's JSON cannot be used. */
    public static ObjectStore open(StorageConfig config) {
        return open(config, Deadlines.usual(), Retry.PATIENT, Retry.BRIEF);
    }

    /**
     * The same.
     *
     * @param brief for the first contact
     */
    public static ObjectStore open(StorageConfig config, Deadlines deadlines, Retry patient, Retry brief) {
        return new GcsStore(config, new GcsClient(config, deadlines), patient, brief);
    }
}
