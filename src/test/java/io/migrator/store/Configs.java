package io.migrator.store;

import io.migrator.config.Encryption;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;

/** Configurations that differ from a good one in a single point. */
public final class Configs {
    private Configs() {}

    static StorageConfig withThreshold(StorageConfig config, int mebibytes) {
        return copy(config, config.address(), config.port(), config.accessKeyId(), config.secretAccessKey(), mebibytes);
    }

    public static StorageConfig withKeys(StorageConfig config, String accessKey, String secretKey) {
        return copy(
                config,
                config.address(),
                config.port(),
                new Secret(accessKey),
                new Secret(secretKey),
                config.multipartCopyThresholdMiB());
    }

    static StorageConfig withToken(StorageConfig config, String token) {
        return new StorageConfig(
                config.side(),
                config.type(),
                config.address(),
                config.port(),
                config.region(),
                config.accessKeyId(),
                Secret.NONE,
                new Secret(token),
                config.gcpCredentialJson(),
                config.useSsl(),
                config.useIam(),
                config.iamEndpoint(),
                config.bucketName(),
                config.rootPath(),
                config.multipartCopyThresholdMiB());
    }

    /** The same bucket by keys of the machine's role. */
    static StorageConfig withRole(StorageConfig config, StorageType type, String iamEndpoint) {
        return new StorageConfig(
                config.side(),
                type,
                config.address(),
                config.port(),
                config.region(),
                Secret.NONE,
                Secret.NONE,
                Secret.NONE,
                Secret.NONE,
                config.useSsl(),
                true,
                iamEndpoint,
                config.bucketName(),
                config.rootPath(),
                config.multipartCopyThresholdMiB());
    }

    static StorageConfig withPort(StorageConfig config, int port) {
        return copy(
                config,
                config.address(),
                port,
                config.accessKeyId(),
                config.secretAccessKey(),
                config.multipartCopyThresholdMiB());
    }

    static StorageConfig withAddress(StorageConfig config, String address) {
        return copy(
                config,
                address,
                config.port(),
                config.accessKeyId(),
                config.secretAccessKey(),
                config.multipartCopyThresholdMiB());
    }

    static StorageConfig withEncryption(StorageConfig config, Encryption encryption) {
        return new StorageConfig(
                config.side(),
                config.type(),
                config.address(),
                config.port(),
                config.region(),
                config.accessKeyId(),
                config.secretAccessKey(),
                config.token(),
                config.gcpCredentialJson(),
                config.useSsl(),
                config.useIam(),
                config.iamEndpoint(),
                config.bucketName(),
                config.rootPath(),
                config.multipartCopyThresholdMiB(),
                config.caCertPath(),
                encryption);
    }

    private static StorageConfig copy(
            StorageConfig config, String address, int port, Secret accessKey, Secret secretKey, int threshold) {
        return new StorageConfig(
                config.side(),
                config.type(),
                address,
                port,
                config.region(),
                accessKey,
                secretKey,
                config.token(),
                config.gcpCredentialJson(),
                config.useSsl(),
                config.useIam(),
                config.iamEndpoint(),
                config.bucketName(),
                config.rootPath(),
                threshold);
    }
}
