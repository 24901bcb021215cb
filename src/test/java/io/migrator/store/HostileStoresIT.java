package io.migrator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.lab.HostileServer;
import io.migrator.lab.HostileServer.Way;
import io.migrator.lab.Tries;
import io.migrator.store.azure.AzureStores;
import io.migrator.store.driver.Deadlines;
import io.migrator.store.driver.Retry;
import io.migrator.store.gcs.GcsStores;
import io.migrator.store.s3.S3Stores;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every call of every store against a server that misbehaves in every way: each ends soon, and with something to tell. */
final class HostileStoresIT {
    private static final Duration ANSWER = Duration.ofMillis(250);
    private static final Deadlines DEADLINES = new Deadlines(ANSWER, ANSWER);
    private static final Retry TWICE = new Retry(2, Duration.ofMillis(1), Duration.ofSeconds(2));
    /** Two attempts of several requests each, on a machine that does many of them at once. */
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final List<AutoCloseable> closing = new ArrayList<>();

    private interface Use {
        void of(ObjectStore store) throws Exception;
    }

    private static final Map<String, Use> USES = uses();

    private static Map<String, Use> uses() {
        Map<String, Use> uses = new LinkedHashMap<>();
        uses.put("reach", ObjectStore::requireReachable);
        uses.put("list", store -> store.list("a/").count());
        uses.put("directories", store -> store.listDirectories("a"));
        uses.put("uploads", store -> store.unfinishedUploads("a").count());
        uses.put("find", store -> store.find("a"));
        uses.put("read", store -> store.read("a", 1000));
        uses.put("open", HostileStoresIT::drain);
        uses.put("write", store -> store.write("a", new byte[1000]));
        uses.put("parts", store -> store.write("a", new ByteArrayInputStream(new byte[9 << 20]), 9 << 20));
        uses.put("absent", store -> store.writeIfAbsent("a", new byte[1]));
        uses.put("match", store -> store.writeIfMatch("a", new byte[1], "e"));
        uses.put("copy", store -> store.copyFrom(store.config(), new StoredObject("a", 5, ""), "b")
                .join());
        uses.put("delete", store -> store.delete(List.of("a", "b")));
        return uses;
    }

    private static void drain(ObjectStore store) throws Exception {
        try (InputStream content = store.open("a")) {
            content.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : closing) {
            one.close();
        }
    }

    private static ObjectStore open(StorageType type, int port, boolean tls, String iamEndpoint) {
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
                tls,
                !iamEndpoint.isEmpty(),
                iamEndpoint,
                "bucket",
                "",
                500);
        return switch (type) {
            case AZURE -> AzureStores.open(config, DEADLINES, TWICE, TWICE);
            case GCPNATIVE -> GcsStores.open(config, DEADLINES, TWICE, TWICE);
            default -> S3Stores.open(config, DEADLINES, TWICE, TWICE);
        };
    }

    /** Ways that are in one store's words mean nothing to another. */
    private static boolean concerns(Way way, StorageType type) {
        String words =
                switch (type) {
                    case AZURE -> "AZURE";
                    case GCPNATIVE -> "GOOGLE";
                    default -> "XML";
                };
        return !way.name().startsWith("LARGE_")
                && List.of("AZURE", "GOOGLE", "XML").stream()
                        .allMatch(one -> one.equals(words) || !way.name().startsWith(one + "_"));
    }

    private Map<String, String> faults(StorageType type) throws InterruptedException {
        io.migrator.lab.StandIn tokens = new io.migrator.lab.StandIn();
        tokens.answering(
                "GET /computeMetadata/v1/instance/service-accounts/default/token",
                "{\"access_token\":\"t\",\"expires_in\":3600}");
        closing.add(tokens);
        try (Tries tries = new Tries(40)) {
            for (Way way : Way.values()) {
                if (!concerns(way, type)) {
                    continue;
                }
                HostileServer server = new HostileServer(way);
                closing.add(server);
                ObjectStore store = open(type, server.port(), false, type == StorageType.GCPNATIVE ? tokens.url() : "");
                closing.add(store);
                USES.forEach((name, use) -> tries.begin(way + " " + name, LIMIT, () -> use.of(store)));
            }
            Map<String, String> faults = tries.faults();
            faults.putAll(tries.threadsAtWork(HostileStoresIT.class));
            return faults;
        }
    }

    /** What 16 MiB cost is not told by how long they are: few at once, since each is held in memory. */
    @Test
    void largeAnswersInTheWorstLetters() throws InterruptedException {
        io.migrator.lab.StandIn tokens = new io.migrator.lab.StandIn();
        tokens.answering(
                "GET /computeMetadata/v1/instance/service-accounts/default/token",
                "{\"access_token\":\"t\",\"expires_in\":3600}");
        closing.add(tokens);
        try (Tries tries = new Tries(2)) {
            for (Way way : Way.values()) {
                if (way.name().startsWith("LARGE_")) {
                    HostileServer server = new HostileServer(way);
                    closing.add(server);
                    for (StorageType type : List.of(StorageType.MINIO, StorageType.AZURE, StorageType.GCPNATIVE)) {
                        ObjectStore store =
                                open(type, server.port(), false, type == StorageType.GCPNATIVE ? tokens.url() : "");
                        closing.add(store);
                        tries.begin(
                                type + " " + way, LIMIT, () -> store.list("a/").count());
                    }
                }
            }
            assertThat(tries.faults()).isEmpty();
        }
    }

    @Test
    void s3() throws InterruptedException {
        assertThat(faults(StorageType.MINIO)).isEmpty();
    }

    @Test
    void azure() throws InterruptedException {
        assertThat(faults(StorageType.AZURE)).isEmpty();
    }

    @Test
    void google() throws InterruptedException {
        assertThat(faults(StorageType.GCPNATIVE)).isEmpty();
    }
}
