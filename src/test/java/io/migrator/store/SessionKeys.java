package io.migrator.store;

import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.lab.S3Lab;
import io.minio.credentials.AssumeRoleProvider;
import io.minio.credentials.Credentials;
import okhttp3.OkHttpClient;

/** Temporary keys with a session token, narrowed by a policy: what a bucket owner hands to a stranger. */
public final class SessionKeys {
    private SessionKeys() {}

    /** The same bucket by keys that see no other one. */
    public static StorageConfig forBucketOnly(S3Lab lab, StorageConfig config) {
        return under(
                lab,
                config,
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*"],
                "Resource":["arn:aws:s3:::%1$s","arn:aws:s3:::%1$s/*"]}]}
                """
                        .formatted(config.bucketName()));
    }

    /** The same bucket by keys that may do what the policy says. */
    static StorageConfig under(S3Lab lab, StorageConfig config, String policy) {
        Credentials keys;
        try {
            keys = new AssumeRoleProvider(
                            "http://" + lab.host() + ":" + lab.port(),
                            lab.accessKey(),
                            lab.secretKey(),
                            3600,
                            policy,
                            "us-east-1",
                            null,
                            null,
                            null,
                            new OkHttpClient())
                    .fetch();
        } catch (Exception e) {
            throw new IllegalStateException("no session keys", e);
        }
        return new StorageConfig(
                config.side(),
                config.type(),
                config.address(),
                config.port(),
                config.region(),
                new Secret(keys.accessKey()),
                new Secret(keys.secretKey()),
                new Secret(keys.sessionToken()),
                config.gcpCredentialJson(),
                config.useSsl(),
                config.useIam(),
                config.iamEndpoint(),
                config.bucketName(),
                config.rootPath(),
                config.multipartCopyThresholdMiB());
    }
}
