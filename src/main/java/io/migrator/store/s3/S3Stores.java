package io.migrator.store.s3;

import io.migrator.config.StorageConfig;
import io.migrator.store.ObjectStore;
import io.migrator.store.driver.Deadlines;
import io.migrator.store.driver.Retry;

/** Opens buckets of servers that speak S3. */
public final class S3Stores {
    private S3Stores() {}

    /** Opens the bucket without a request to it. */
    public static ObjectStore open(StorageConfig config) {
        return open(config, Deadlines.usual(), Retry.PATIENT, Retry.BRIEF);
    }

    /**
     * The same.
     *
     * @param brief for the first contact
     */
    public static ObjectStore open(StorageConfig config, Deadlines deadlines, Retry patient, Retry brief) {
        return new S3Store(config, new S3Client(config, deadlines), patient, brief);
    }
}
