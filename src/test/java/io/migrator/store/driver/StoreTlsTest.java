package io.migrator.store.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.migrator.config.Encryption;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.failure.Failure;
import io.migrator.fake.net.Certificates;
import io.migrator.lab.HostileServer;
import io.migrator.lab.StandIn;
import io.migrator.store.Faults;
import io.migrator.store.ObjectStore;
import io.migrator.store.azure.AzureStores;
import io.migrator.store.gcs.GcsStores;
import io.migrator.store.s3.S3Stores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stores behind an authority of the user's own, and ports that speak another protocol than was configured. */
final class StoreTlsTest {
    private static final String TYPES = "MINIO|AZURE|GCPNATIVE";

    @TempDir
    private static Path dir;

    private static Certificates certificates;
    private static HttpServer secured;
    private static HostileServer plain;
    private static StandIn tokens;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    @BeforeAll
    static void start() throws IOException {
        certificates = Certificates.make(dir);
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpsServer https = HttpsServer.create(free, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(certificates.serverContext()));
        secured = answering(https);
        plain = new HostileServer(HostileServer.Way.EMPTY);
        tokens = new StandIn()
                .answering(
                        "GET /computeMetadata/v1/instance/service-accounts/default/token",
                        "{\"access_token\":\"t\",\"expires_in\":3600}");
    }

    private static HttpServer answering(HttpServer server) {
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            boolean google = path.startsWith("/storage");
            boolean azure = path.startsWith("/account");
            String token = token(path);
            String text = !token.isEmpty()
                    ? token
                    : google
                            ? "{\"kind\":\"storage#objects\"}"
                            : azure
                                    ? "<EnumerationResults><Blobs/><NextMarker/></EnumerationResults>"
                                    : "<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated></ListBucketResult>";
            byte[] body = text.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", google ? "application/json" : "application/xml");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.setExecutor(THREADS);
        server.start();
        return server;
    }

    /** Of any cloud's service that hands out keys or tokens; empty for other paths. */
    private static String token(String path) {
        if (path.endsWith("/security-credentials/") || path.endsWith("/api/token")) {
            return "r";
        }
        boolean keys = path.contains("/security-credentials/") || path.contains("token") || path.endsWith("key");
        return keys
                ? """
                {"Code":"Success","AccessKeyId":"a","SecretAccessKey":"s","AccessKeySecret":"s","Token":"t",
                "SecurityToken":"t","TmpSecretId":"a","TmpSecretKey":"s","ExpiredTime":99999999999,
                "Expiration":"2099-01-01T00:00:00Z","access_token":"t","expires_in":3600,
                "credential":{"access":"a","secret":"s","securitytoken":"t","expires_at":"2099-01-01T00:00:00Z"}}"""
                : "";
    }

    @AfterAll
    static void stop() {
        secured.stop(0);
        plain.close();
        THREADS.shutdownNow();
        tokens.close();
    }

    private static ObjectStore open(StorageType type, int port, boolean useSsl, String caCertPath) {
        Retry twice = new Retry(2, Duration.ofMillis(1), Duration.ofMinutes(1));
        boolean google = type == StorageType.GCPNATIVE;
        StorageConfig config = new StorageConfig(
                StorageConfig.Side.VAULT,
                type,
                "127.0.0.1",
                port,
                "",
                new Secret("account"),
                new Secret("a2V5"),
                Secret.NONE,
                Secret.NONE,
                useSsl,
                google,
                google ? tokens.url() : "",
                "bucket",
                "backup",
                500,
                caCertPath,
                Encryption.NONE);
        return switch (type) {
            case AZURE -> AzureStores.open(config, Deadlines.usual(), twice, twice);
            case GCPNATIVE -> GcsStores.open(config, Deadlines.usual(), twice, twice);
            default -> S3Stores.open(config, Deadlines.usual(), twice, twice);
        };
    }

    @ParameterizedTest
    @EnumSource(value = StorageType.class, mode = EnumSource.Mode.MATCH_ALL, names = TYPES)
    void trustsTheConfiguredAuthority(StorageType type) {
        try (ObjectStore store = open(
                type, secured.getAddress().getPort(), true, certificates.caPem().toString())) {
            store.requireReachable();
        }
    }

    @ParameterizedTest
    @EnumSource(value = StorageType.class, mode = EnumSource.Mode.MATCH_ALL, names = TYPES)
    void namesTheKeyWhereTheAuthorityIsUnknown(StorageType type) {
        try (ObjectStore store = open(type, secured.getAddress().getPort(), true, "")) {
            assertThatThrownBy(store::requireReachable)
                    .satisfies(Faults.are(Failure.USAGE))
                    .hasMessageContaining("is not trusted")
                    .hasMessageContaining("minio.backupCaCertPath")
                    .hasMessageContaining("SSL_CERT_FILE");
        }
    }

    @ParameterizedTest
    @EnumSource(value = StorageType.class, mode = EnumSource.Mode.MATCH_ALL, names = TYPES)
    void namesUseSslWhereThePortIsPlain(StorageType type) {
        try (ObjectStore store = open(type, plain.port(), true, "")) {
            assertThatThrownBy(store::requireReachable)
                    .satisfies(Faults.are(Failure.USAGE))
                    .hasMessageContaining("Set minio.backupUseSSL to false");
        }
    }

    @ParameterizedTest
    @EnumSource(value = StorageType.class, mode = EnumSource.Mode.MATCH_ALL, names = TYPES)
    void namesUseSslWhereThePortSpeaksTls(StorageType type) {
        try (ObjectStore store = open(type, secured.getAddress().getPort(), false, "")) {
            assertThatThrownBy(store::requireReachable)
                    .satisfies(Faults.are(Failure.USAGE))
                    .hasMessageContaining("Set minio.backupUseSSL to true");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = StorageType.class,
            names = {"AWS", "ALI", "TC", "HWC", "GCP", "AZURE", "GCPNATIVE"})
    void asksForKeysWhereTheConfiguredAuthoritySigned(StorageType type) {
        StorageConfig config = new StorageConfig(
                StorageConfig.Side.VAULT,
                type,
                "127.0.0.1",
                secured.getAddress().getPort(),
                "r",
                new Secret("account"),
                Secret.NONE,
                Secret.NONE,
                Secret.NONE,
                true,
                true,
                "https://127.0.0.1:" + secured.getAddress().getPort(),
                "bucket",
                "backup",
                500,
                certificates.caPem().toString(),
                Encryption.NONE);
        Retry once = new Retry(1, Duration.ofMillis(1), Duration.ofMinutes(1));
        try (ObjectStore store =
                switch (type) {
                    case AZURE -> AzureStores.open(config, Deadlines.usual(), once, once);
                    case GCPNATIVE -> GcsStores.open(config, Deadlines.usual(), once, once);
                    default -> S3Stores.open(config, Deadlines.usual(), once, once);
                }) {
            store.requireReachable();
        }
    }

    @Test
    void refusesAFileThatHoldsNoCertificate() throws IOException {
        Path empty = Files.createFile(dir.resolve("empty.pem"));
        assertThatThrownBy(() -> open(StorageType.MINIO, secured.getAddress().getPort(), true, empty.toString()))
                .satisfies(Faults.are(Failure.USAGE))
                .hasMessageContaining("minio.backupCaCertPath");
    }

    @Test
    void readsTheVariableThatGoReads() {
        try (ObjectStore store = open(StorageType.MINIO, secured.getAddress().getPort(), true, "")) {
            assertThat(Trust.of(store.config(), certificates.caPem().toString()))
                    .isPresent();
            assertThat(Trust.of(store.config(), dir.resolve("missing").toString()))
                    .isEmpty();
        }
    }

    /** Azure's clouds are reached by TLS whatever useSSL says. */
    @Test
    void trustsItWhereverTlsIsSpoken() {
        StorageConfig azure = new StorageConfig(
                StorageConfig.Side.VAULT,
                StorageType.AZURE,
                "blob.example",
                443,
                "",
                new Secret("account"),
                new Secret("a2V5"),
                Secret.NONE,
                Secret.NONE,
                false,
                false,
                "",
                "bucket",
                "backup",
                500,
                certificates.caPem().toString(),
                Encryption.NONE);
        assertThat(Trust.of(azure, null)).isPresent();
    }
}
