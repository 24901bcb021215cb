package io.migrator.store.s3;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.ObjectStore;
import io.migrator.store.Retry;
import io.migrator.store.SideKeys;

/** Opens buckets of servers that speak S3. */
public final class S3Stores {
    private S3Stores() {}

    /** Opens the bucket without a request to it. UNSUPPORTED where it asks for credentials from the machine's role. */
    public static ObjectStore open(StorageConfig config) {
        if (config.useIam()) {
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    "open",
                    config.display(),
                    "this build takes no credentials from the machine's role",
                    "Set %s to false and give an access key.".formatted(new SideKeys(config.side()).key("useIAM")));
        }
        return new S3Store(config, new S3Client(config), Retry.PATIENT, Retry.BRIEF);
    }
}
