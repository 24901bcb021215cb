package io.migrator.store.s3;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.StoredObject;
import io.minio.Http;
import io.minio.ObjectWriteResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes under the condition {@code If-Match}. Amazon S3 keeps it since November 2024, MinIO for longer; a server that
 * does not know it ignores it and writes, so the first use asks for something that must be refused.
 */
final class S3Condition {
    private static final String NO_TAG = "0".repeat(32);

    private final S3Calls calls;
    private final S3Upload upload;
    private final String bucket;
    private final AtomicReference<@Nullable Boolean> kept = new AtomicReference<>();

    S3Condition(S3Calls calls, S3Upload upload, String bucket) {
        this.calls = calls;
        this.upload = upload;
        this.bucket = bucket;
    }

    /** A key beside this one that never holds an object for longer than a moment. */
    static String probe(String key) {
        return key + ".probe";
    }

    /** Whether the server keeps the condition; where it does not, an object may now lie under {@link #probe}. */
    boolean kept(String key) {
        Boolean known = kept.get();
        if (known == null) {
            known = refusesWhatMustBeRefused(probe(key));
            kept.set(known);
        }
        return known;
    }

    private boolean refusesWhatMustBeRefused(String missing) {
        try {
            return write(missing, new byte[0], NO_TAG).isEmpty();
        } catch (MigratorException e) {
            if (e.failure() == Failure.UNSUPPORTED) {
                return false;
            }
            throw e;
        }
    }

    /** Empty where the object has another tag, or is missing: servers answer 412, 409 while another writes, or 404. */
    Optional<StoredObject> write(String key, byte[] content, String etag) {
        Http.Headers condition = new Http.Headers("If-Match", "\"" + etag + "\"");
        try {
            ObjectWriteResponse answer = upload.encrypted(calls.awaitOnce(
                    Operation.write(bucket, key), () -> upload.put(key, content, content.length, condition)));
            return Optional.of(
                    S3Written.of(bucket, answer.etag(), answer.headers()).object(key, content.length));
        } catch (MigratorException e) {
            if (e.failure() == Failure.CONFLICT || e.failure() == Failure.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
