package io.migrator.store.s3;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.minio.Http;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows once, at a key that nobody else has, that the server encrypts what it is to. Asked for at a key that others write,
 * too, what was written readable could not be taken back: by then it may be another's.
 */
final class EncryptionProof {
    private static final Logger LOG = LoggerFactory.getLogger(EncryptionProof.class);

    private final S3Calls calls;
    private final S3Upload upload;
    private final S3Delete delete;
    private final StorageConfig config;
    private boolean given;

    EncryptionProof(S3Calls calls, S3Upload upload, S3Delete delete, StorageConfig config) {
        this.calls = calls;
        this.upload = upload;
        this.delete = delete;
        this.config = config;
    }

    /** UNSUPPORTED where it is wanted and the server passes it over; an object is there for a moment. */
    synchronized void require() {
        if (!config.encryption().wanted() || given) {
            return;
        }
        String own = VaultLayout.join(config.rootPath(), VaultLayout.SCRATCH + UUID.randomUUID() + "/encryption");
        try {
            upload.encrypted(calls.await(
                    Operation.write(config.bucketName(), own),
                    () -> upload.put(own, new byte[0], 0, new Http.Headers())));
        } catch (MigratorException e) {
            try {
                delete.delete(List.of(own));
            } catch (MigratorException kept) {
                e.addSuppressed(kept);
            }
            throw e;
        }
        given = true;
        try {
            delete.delete(List.of(own));
        } catch (MigratorException e) {
            if (e.failure() != Failure.DENIED) {
                throw e;
            }
            LOG.debug("the proof of encryption stays at {}", own, e);
        }
    }
}
