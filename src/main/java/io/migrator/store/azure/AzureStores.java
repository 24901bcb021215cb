package io.migrator.store.azure;

import io.migrator.config.StorageConfig;
import io.migrator.store.ObjectStore;
import io.migrator.store.driver.Deadlines;
import io.migrator.store.driver.Retry;

/** Opens containers of Azure Blob Storage. */
public final class AzureStores {
    private AzureStores() {}

    /** Opens the container without a request to it. USAGE where the credentials have not the form of any. */
    public static ObjectStore open(StorageConfig config) {
        return open(config, Deadlines.usual(), Retry.PATIENT, Retry.BRIEF);
    }

    /**
     * The same.
     *
     * @param brief for the first contact
     */
    public static ObjectStore open(StorageConfig config, Deadlines deadlines, Retry patient, Retry brief) {
        return new AzureStore(config, deadlines, patient, brief, AzureCopy.SINGLE_REQUEST_MAX);
    }

    /**
     * The same.
     *
     * @param copiedAtOnce bytes; what is larger is copied in blocks of that size
     */
    public static ObjectStore open(StorageConfig config, long copiedAtOnce) {
        return new AzureStore(config, Deadlines.usual(), Retry.PATIENT, Retry.BRIEF, copiedAtOnce);
    }
}
