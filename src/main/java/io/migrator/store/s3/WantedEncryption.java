package io.migrator.store.s3;

import io.migrator.config.Encryption;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.driver.SideKeys;
import io.minio.Http;
import io.minio.ObjectWriteResponse;

/**
 * How the server is to encrypt an object, said where one begins: written, copied, or begun in parts. Parts say nothing. Policies
 * there are that refuse each write that does not say it, even where the bucket's own setting is the same.
 */
final class WantedEncryption {
    private static final String ALGORITHM = "x-amz-server-side-encryption";
    private static final String KEY_ID = ALGORITHM + "-aws-kms-key-id";
    private static final String BUCKET_KEY = ALGORITHM + "-bucket-key-enabled";

    private final StorageConfig config;
    private final Encryption encryption;

    WantedEncryption(StorageConfig config) {
        this.config = config;
        this.encryption = config.encryption();
    }

    /** Empty where the bucket's own setting is to decide. */
    Http.Headers headers() {
        Http.Headers headers = new Http.Headers();
        if (encryption.wanted()) {
            headers.put(ALGORITHM, encryption.algorithm());
        }
        if (!encryption.kmsKeyId().isEmpty()) {
            headers.put(KEY_ID, encryption.kmsKeyId());
        }
        if (encryption.bucketKey()) {
            headers.put(BUCKET_KEY, "true");
        }
        return headers;
    }

    /** These headers, and what they are to be sent with. */
    Http.Headers with(Http.Headers more) {
        return headers().putAll(more);
    }

    /** Whether no entity tag of what is written is an MD5. */
    boolean byKms() {
        return encryption.byKms();
    }

    /** The answer to a write; UNSUPPORTED where the server does not say that it encrypted: one that knows no such thing passes it over. */
    ObjectWriteResponse done(ObjectWriteResponse answer) {
        String said = answer.headers().get(ALGORITHM);
        if (encryption.wanted() && !encryption.algorithm().equals(said)) {
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    "write",
                    answer.bucket() + "/" + answer.object(),
                    "%s:%d took it, but does not say that it encrypted it by %s"
                            .formatted(config.address(), config.port(), encryption.algorithm()),
                    "Remove %s and let the store encrypt by a setting of its own."
                            .formatted(new SideKeys(config.side()).key("sse")));
        }
        return answer;
    }
}
