package io.migrator.store.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.failure.Failure;
import io.migrator.lab.FixedAnswer;
import io.migrator.lab.HostileServer;
import io.migrator.lab.HostileServer.Way;
import io.migrator.lab.StandIn;
import io.migrator.lab.Tries;
import io.migrator.store.Faults;
import io.migrator.store.ObjectStore;
import io.migrator.store.azure.AzureStores;
import io.migrator.store.driver.Deadlines;
import io.migrator.store.driver.Retry;
import io.migrator.store.gcs.GcsStores;
import io.migrator.store.s3.S3Stores;
import java.security.ProviderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services that hand out keys and tokens, and do it badly. */
final class HostileTokensTest {
    private static final Duration ANSWER = Duration.ofMillis(300);
    /** For a service that answers at once, on a machine at work. */
    private static final Duration ENOUGH = Duration.ofSeconds(10);

    private static final Retry TWICE = new Retry(2, Duration.ofMillis(1), Duration.ofMinutes(1));

    private final List<AutoCloseable> closing = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : closing) {
            one.close();
        }
    }

    private static StorageConfig config(StorageType type, String iamEndpoint) {
        return new StorageConfig(
                StorageConfig.Side.VAULT,
                type,
                "127.0.0.1",
                1,
                "",
                new Secret("account"),
                Secret.NONE,
                Secret.NONE,
                Secret.NONE,
                false,
                true,
                iamEndpoint,
                "bucket",
                "",
                500);
    }

    private static ObjectStore open(StorageType type, String iamEndpoint, Duration answer) {
        StorageConfig config = config(type, iamEndpoint);
        Deadlines deadlines = new Deadlines(answer, answer);
        return switch (type) {
            case AZURE -> AzureStores.open(config, deadlines, TWICE, TWICE);
            case GCPNATIVE -> GcsStores.open(config, deadlines, TWICE, TWICE);
            default -> S3Stores.open(config, deadlines, TWICE, TWICE);
        };
    }

    @Test
    void everyAnswerHasAnEnd() throws InterruptedException {
        try (Tries tries = new Tries(40)) {
            for (Way way : Way.values()) {
                HostileServer server = new HostileServer(way);
                closing.add(server);
                tries.begin(way.name(), Duration.ofSeconds(40), () -> {
                    try {
                        GoogleToken.ask(new TokenCalls(Optional::empty, ANSWER), server.url());
                    } catch (ProviderException e) {
                        // That is what the stores expect.
                        assertThat(e.getMessage()).hasSizeLessThan(300);
                    }
                });
                for (StorageType type : List.of(StorageType.AWS, StorageType.ALI, StorageType.TC, StorageType.HWC)) {
                    ObjectStore store = open(type, server.url(), ANSWER);
                    closing.add(store);
                    tries.begin(way + " " + type, Duration.ofSeconds(40), store::requireReachable);
                }
            }
            assertThat(tries.faults()).isEmpty();
            assertThat(tries.threadsAtWork(HostileTokensTest.class)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AWS, 503, UNREACHABLE, 2",
        "AWS, 429, UNREACHABLE, 2",
        "AWS, 403, DENIED, 2",
        "GCP, 503, UNREACHABLE, 2",
        "GCP, 429, UNREACHABLE, 2",
        "GCP, 404, DENIED, 1",
        "ALI, 503, UNREACHABLE, 2",
        "ALI, 429, UNREACHABLE, 2",
        "HWC, 500, UNREACHABLE, 2",
        "TC, 429, UNREACHABLE, 2",
        "AZURE, 429, UNREACHABLE, 2",
        "AZURE, 500, UNREACHABLE, 2",
        "AZURE, 400, DENIED, 1",
        "GCPNATIVE, 503, UNREACHABLE, 2",
        "GCPNATIVE, 429, UNREACHABLE, 2",
    })
    void repeatsWhatPasses(StorageType type, int status, Failure failure, int requests) {
        FixedAnswer service = new FixedAnswer().set(status, Duration.ZERO, Map.of(), "");
        closing.add(service);
        ObjectStore store = open(type, "http://127.0.0.1:" + service.port(), ENOUGH);
        closing.add(store);
        assertThatThrownBy(store::requireReachable)
                .satisfies(Faults.are(failure))
                .hasMessageContaining("minio.backupIamEndpoint");
        assertThat(service.requests()).isGreaterThanOrEqualTo(requests);
        if (requests == 1) {
            assertThat(service.requests()).isEqualTo(1);
        }
    }

    /** Whoever goes on without the token that keys are given out for is refused, and that would be told. */
    @ParameterizedTest
    @CsvSource({
        "AWS, 503, UNREACHABLE, /latest/meta-data/iam/security-credentials/",
        "AWS, 429, UNREACHABLE, /latest/meta-data/iam/security-credentials/",
        "AWS, 404, DENIED, /latest/meta-data/iam/security-credentials/",
        "ALI, 503, UNREACHABLE, /latest/meta-data/ram/security-credentials/",
        "ALI, 429, UNREACHABLE, /latest/meta-data/ram/security-credentials/",
        "ALI, 404, DENIED, /latest/meta-data/ram/security-credentials/",
    })
    void repeatsTheTokenThatKeysNeed(StorageType type, int status, Failure failure, String keys) {
        StandIn machine =
                new StandIn().refusing("PUT /latest/api/token", status).refusing("GET " + keys, 401);
        closing.add(machine);
        ObjectStore store = open(type, machine.url(), ENOUGH);
        closing.add(store);

        assertThatThrownBy(store::requireReachable).satisfies(Faults.are(failure));

        long tokens = machine.asked().stream()
                .filter(asked -> asked.line().startsWith("PUT"))
                .count();
        assertThat(tokens).isGreaterThanOrEqualTo(failure == Failure.UNREACHABLE ? 2 : 1);
    }
}
