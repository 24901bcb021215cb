package io.migrator.store.s3;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.minio.DeleteObjectsArgs;
import io.minio.HeadObjectArgs;
import io.minio.messages.DeleteRequest;
import io.minio.messages.DeleteResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Deletes objects, many with one request. */
final class S3Delete {
    /** The most S3 takes in one request. */
    private static final int BATCH = 1000;

    private final S3Client client;
    private final S3Calls calls;
    private final String bucket;

    S3Delete(S3Client client, S3Calls calls, String bucket) {
        this.client = client;
        this.calls = calls;
        this.bucket = bucket;
    }

    void delete(Collection<String> keys) {
        List<String> all = new ArrayList<>(keys);
        for (int from = 0; from < all.size(); from += BATCH) {
            List<String> batch = all.subList(from, Math.min(all.size(), from + BATCH));
            try {
                deleteBatch(batch);
            } catch (MigratorException e) {
                if (e.failure() != Failure.UNSUPPORTED) {
                    throw e;
                }
                batch.forEach(this::deleteOne);
            }
        }
    }

    private void deleteBatch(List<String> keys) {
        DeleteObjectsArgs args = DeleteObjectsArgs.builder()
                .bucket(bucket)
                .quiet(true)
                .objects(keys.stream().map(DeleteRequest.Object::new).toList())
                .build();
        // The answer tells of each object, so a fault of one is judged inside what is repeated.
        calls.repeat(() -> {
            List<DeleteResult.Error> errors = calls.awaitOnce(
                            Operation.delete(bucket, keys.get(0)), () -> client.deleteObjects(args))
                    .result()
                    .errors();
            for (DeleteResult.Error error : errors) {
                if (!"NoSuchKey".equals(error.code())) {
                    throw calls.translate(Operation.delete(bucket, error.objectName()), error.code(), error.message());
                }
            }
            return keys.size();
        });
    }

    private void deleteOne(String key) {
        HeadObjectArgs args =
                HeadObjectArgs.builder().bucket(bucket).object(key).build();
        try {
            calls.await(Operation.delete(bucket, key), () -> client.deleteObject(args));
        } catch (MigratorException e) {
            if (e.failure() != Failure.NOT_FOUND) {
                throw e;
            }
        }
    }
}
