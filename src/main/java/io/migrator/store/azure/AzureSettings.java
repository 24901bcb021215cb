package io.migrator.store.azure;

import com.azure.storage.blob.models.BlobContainerProperties;
import com.azure.storage.blob.models.BlobImmutabilityPolicy;
import com.azure.storage.blob.models.BlobProperties;
import io.migrator.store.BucketSettings;
import io.migrator.store.BucketSettings.Lock;
import io.migrator.store.BucketSettings.Versions;
import io.migrator.store.Hold;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** What Azure says of a container, or of a blob. Versions and rules are settings of the account, which data is not told. */
final class AzureSettings {
    private AzureSettings() {}

    static BucketSettings of(BlobContainerProperties container) {
        return new BucketSettings(Versions.NOT_TOLD, lock(container), Optional.empty());
    }

    private static Lock lock(BlobContainerProperties container) {
        if (Boolean.TRUE.equals(container.isImmutableStorageWithVersioningEnabled())) {
            return new Lock(Lock.Kind.POSSIBLE, "");
        }
        if (container.hasLegalHold()) {
            return new Lock(Lock.Kind.OF_OBJECTS, "while the container is under a legal hold");
        }
        return container.hasImmutabilityPolicy()
                ? new Lock(Lock.Kind.OF_OBJECTS, "before the time of the container's immutability policy is over")
                : new Lock(Lock.Kind.NONE, "");
    }

    /** How old the blob has to be, only the account's owner is told. */
    static Optional<Hold> hold(Lock ofContainer) {
        return ofContainer.kind() == Lock.Kind.OF_OBJECTS
                ? Optional.of(new Hold("in a container whose blobs cannot be deleted " + ofContainer.words()))
                : Optional.empty();
    }

    static Optional<Hold> hold(BlobProperties blob, Instant now) {
        if (Boolean.TRUE.equals(blob.hasLegalHold())) {
            return Optional.of(new Hold("under a legal hold"));
        }
        return Optional.ofNullable(blob.getImmutabilityPolicy())
                .map(BlobImmutabilityPolicy::getExpiryTime)
                .map(OffsetDateTime::toInstant)
                .filter(now::isBefore)
                .map(until -> new Hold("locked until " + until));
    }
}
