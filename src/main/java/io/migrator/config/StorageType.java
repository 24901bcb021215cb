package io.migrator.config;

/** The storage types a configuration may name; docs/storage.md says what each needs. */
public enum StorageType {
    LOCAL,
    MINIO,
    S3,
    AWS,
    GCP,
    GCPNATIVE,
    ALI,
    AZURE,
    TC,
    HWC;

    public boolean speaksS3() {
        return this != LOCAL && this != AZURE && this != GCPNATIVE;
    }
}
