package io.migrator.store.azure;

import com.azure.core.http.HttpAuthorization;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.driver.AzureEndpoint;
import io.migrator.store.driver.Deadlines;
import io.migrator.store.driver.SideKeys;
import io.migrator.store.driver.Trust;
import io.migrator.store.token.TokenCalls;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;

/**
 * A container and the credentials of its side: an identity ({@code useIAM}), a shared access signature ({@code token}) or
 * the account's key.
 */
final class AzureContainer {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** Longer than any one request may take. */
    private static final Duration SIGNATURE_LIFE = Duration.ofHours(1);

    private final StorageConfig config;
    private final Optional<AzureIdentity> identity;
    private final BlobContainerClient client;
    private final BlobContainerClient patientClient;

    AzureContainer(StorageConfig config, Deadlines deadlines) {
        this.config = config;
        this.identity = config.useIam()
                ? Optional.of(new AzureIdentity(
                        config.iamEndpoint(), System::getenv, new TokenCalls(config, deadlines.answer())))
                : Optional.empty();
        this.client = client(deadlines.answer());
        this.patientClient = client(deadlines.copy());
    }

    private BlobContainerClient client(Duration answer) {
        BlobContainerClientBuilder builder = new BlobContainerClientBuilder()
                .endpoint(AzureEndpoint.of(config))
                .containerName(config.bucketName())
                .httpClient(httpClient(config, answer))
                // Requests are repeated in one place, and that is not here.
                .retryOptions(new RequestRetryOptions(RetryPolicyType.FIXED, 1, (Integer) null, null, null, null));
        if (identity.isPresent()) {
            return builder.addPolicy(new BearerPolicy(identity.get())).buildClient();
        }
        return config.token().isEmpty()
                ? builder.credential(sharedKey(config)).buildClient()
                : builder.sasToken(signature(config)).buildClient();
    }

    private static HttpClient httpClient(StorageConfig config, Duration answer) {
        java.net.http.HttpClient.Builder client =
                java.net.http.HttpClient.newBuilder().version(java.net.http.HttpClient.Version.HTTP_1_1);
        Trust.of(config).ifPresent(trust -> client.sslContext(trust.context()));
        return new WholeAnswers(
                new JdkHttpClientBuilder(client)
                        .connectionTimeout(CONNECT)
                        .writeTimeout(answer)
                        .responseTimeout(answer)
                        .readTimeout(answer)
                        .build(),
                answer);
    }

    private static StorageSharedKeyCredential sharedKey(StorageConfig config) {
        SideKeys keys = new SideKeys(config.side());
        try {
            Base64.getDecoder().decode(config.secretAccessKey().reveal());
        } catch (IllegalArgumentException e) {
            // The cause is left out: it quotes the secret.
            throw MigratorException.unable(
                    Failure.USAGE,
                    "open",
                    config.display(),
                    "the account key is not Base64",
                    "Set %s to a key of the storage account, or %s to a shared access signature."
                            .formatted(keys.key("secretAccessKey"), keys.key("token")));
        }
        return new StorageSharedKeyCredential(
                config.accessKeyId().reveal(), config.secretAccessKey().reveal());
    }

    private static String signature(StorageConfig config) {
        String token = config.token().reveal();
        return token.startsWith("?") ? token.substring(1) : token;
    }

    StorageConfig config() {
        return config;
    }

    /** The blob, for messages. */
    String thing(String key) {
        return config.bucketName() + "/" + key;
    }

    BlobContainerClient client() {
        return client;
    }

    BlockBlobClient blob(String key) {
        return client.getBlobClient(key).getBlockBlobClient();
    }

    /** The same for requests that are answered after a copy. */
    BlockBlobClient patientBlob(String key) {
        return patientClient.getBlobClient(key).getBlockBlobClient();
    }

    /** A URL by which a server may read the blob for an hour, or as long as the configured signature lasts. */
    String readableUrl(String key) {
        BlockBlobClient blob = blob(key);
        if (identity.isPresent()) {
            return blob.getBlobUrl();
        }
        String signature = config.token().isEmpty()
                // Not learned as a secret: there is one for each object, and what says it writes "sig=".
                ? blob.generateSas(new BlobServiceSasSignatureValues(
                        OffsetDateTime.now(ZoneOffset.UTC).plus(SIGNATURE_LIFE),
                        new BlobSasPermission().setReadPermission(true)))
                : signature(config);
        return blob.getBlobUrl() + "?" + signature;
    }

    /** What the server needs beside the {@link #readableUrl}: an identity signs no URL, its token goes along instead. */
    Optional<HttpAuthorization> readAuthorization() {
        return identity.map(known -> new HttpAuthorization("Bearer", known.token()));
    }
}
