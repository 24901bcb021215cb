package io.migrator.store.s3;

/**
 * What is being done, for messages.
 *
 * @param verb infinitive, such as {@code read}
 * @param bucket of the object worked on; for a copy the source's
 * @param key empty where the bucket as a whole is meant
 * @param right the S3 actions needed, and on what
 */
record Operation(String verb, String bucket, String key, String right) {
    static Operation list(String bucket, String prefix) {
        return new Operation("list", bucket, prefix, "s3:ListBucket on " + bucket);
    }

    static Operation listUploads(String bucket, String prefix) {
        return new Operation("list uploads", bucket, prefix, "s3:ListBucketMultipartUploads on " + bucket);
    }

    static Operation find(String bucket, String key) {
        return new Operation("look up", bucket, key, "s3:GetObject and s3:ListBucket on " + bucket);
    }

    static Operation settings(String bucket, String right) {
        return new Operation("read the settings of", bucket, "", right + " on " + bucket);
    }

    static Operation read(String bucket, String key) {
        return new Operation("read", bucket, key, "s3:GetObject on " + bucket);
    }

    static Operation write(String bucket, String key) {
        return new Operation("write", bucket, key, "s3:PutObject on " + bucket);
    }

    static Operation copy(String sourceBucket, String sourceKey, String targetBucket) {
        return new Operation(
                "copy",
                sourceBucket,
                sourceKey,
                "s3:GetObject on %s or s3:PutObject on %s".formatted(sourceBucket, targetBucket));
    }

    static Operation delete(String bucket, String key) {
        return new Operation("delete", bucket, key, "s3:DeleteObject on " + bucket);
    }

    /** Whether it makes an object. */
    boolean writes() {
        return verb.equals("write") || verb.equals("copy");
    }

    String thing() {
        return key.isEmpty() ? bucket : bucket + "/" + key;
    }
}
