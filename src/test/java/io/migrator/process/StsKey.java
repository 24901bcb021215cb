package io.migrator.process;

import io.migrator.lab.S3Lab;
import io.minio.credentials.AssumeRoleProvider;
import io.minio.credentials.Credentials;
import io.minio.errors.MinioException;
import java.util.List;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;

/** Temporary credentials of the S3 server that may do what a policy allows, no more. */
record StsKey(String accessKey, String secretKey, String token) {
    private static final OkHttpClient HTTP = new OkHttpClient.Builder()
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .build();

    static StsKey of(S3Lab server, String policy) {
        try {
            Credentials credentials = new AssumeRoleProvider(
                            "http://" + server.host() + ":" + server.port(),
                            server.accessKey(),
                            server.secretKey(),
                            3600,
                            policy,
                            "us-east-1",
                            null,
                            null,
                            null,
                            HTTP)
                    .fetch();
            return new StsKey(credentials.accessKey(), credentials.secretKey(), credentials.sessionToken());
        } catch (MinioException e) {
            throw new IllegalStateException(e);
        }
    }

    String[] settings() {
        return new String[] {"minio.accessKeyID", accessKey, "minio.secretAccessKey", secretKey, "minio.token", token};
    }
}
