package io.migrator.config;

/**
 * How a server that speaks S3 is to encrypt what is written there.
 *
 * @param algorithm S3's word; empty where the bucket's own setting is to decide
 * @param kmsKeyId a key of the server's key management; empty for its default one
 * @param bucketKey whether the server is to ask its key management once a bucket, not once an object
 */
public record Encryption(String algorithm, String kmsKeyId, boolean bucketKey) {
    public static final Encryption NONE = new Encryption("", "", false);

    private static final String KMS = "aws:kms";

    /** Whether it is asked for. */
    public boolean wanted() {
        return !algorithm.isEmpty();
    }

    /** Whether the server's key management has the key: entity tags are no MD5s then. */
    public boolean byKms() {
        return algorithm.startsWith(KMS);
    }
}
