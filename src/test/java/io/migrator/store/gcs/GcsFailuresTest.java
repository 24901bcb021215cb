package io.migrator.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.FixedAnswer;
import io.migrator.lab.GoogleAccount;
import io.migrator.lab.StandIn;
import io.migrator.store.driver.Deadlines;
import io.migrator.store.driver.Retry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of Google that its emulator cannot be made to give. */
final class GcsFailuresTest {
    private final FixedAnswer server = new FixedAnswer();
    private final GoogleAccount account = new GoogleAccount();
    private final GcsStore store = store(account.json(), "");

    /** @param iamEndpoint empty for a key in place of the machine's account */
    private GcsStore store(String credentials, String iamEndpoint) {
        StorageConfig config = new StorageConfig(
                StorageConfig.Side.VAULT,
                StorageType.GCPNATIVE,
                "127.0.0.1",
                server.port(),
                "",
                Secret.NONE,
                Secret.NONE,
                Secret.NONE,
                new Secret(credentials),
                false,
                !iamEndpoint.isEmpty(),
                iamEndpoint,
                "bucket-a",
                "backup",
                500);
        return new GcsStore(
                config,
                new GcsClient(config, Deadlines.usual()),
                new Retry(3, Duration.ofMillis(1), Duration.ofMinutes(1)),
                new Retry(2, Duration.ofMillis(1), Duration.ofMinutes(1)));
    }

    @AfterEach
    void hangUp() {
        store.close();
        account.close();
        server.close();
    }

    private void answers(int status, String reason, Duration clock) {
        server.set(
                status,
                clock,
                Map.of("Content-Type", "application/json; charset=UTF-8", "X-GUploader-UploadID", "REQ1"),
                """
                {"error":{"code":%d,"message":"words","errors":[{"message":"words","domain":"global","reason":"%s"}]}}"""
                        .formatted(status, reason));
    }

    @ParameterizedTest
    @CsvSource({
        "403, forbidden, DENIED, roles/storage.objectAdmin, 1",
        "403, rateLimitExceeded, THROTTLED, max-requests-per-second, 3",
        "429, rateLimitExceeded, THROTTLED, max-requests-per-second, 3",
        "503, backendError, THROTTLED, max-requests-per-second, 3",
        "500, internalError, UNREACHABLE, once the server works, 3",
        "412, conditionNotMet, SOURCE_CHANGED, Run the same command again, 1",
        "501, notImplemented, UNSUPPORTED, minio.backupAddress, 1"
    })
    void namesWhatTheServerMeans(int status, String reason, Failure failure, String told, int requests) {
        answers(status, reason, Duration.ZERO);
        assertThatThrownBy(() -> store.find("a/b"))
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(failure))
                .hasMessageStartingWith("unable to look up 'bucket-a/a/b': ")
                .hasMessageContaining(told)
                .hasMessageContaining("(request id REQ1)");
        assertThat(server.requests()).isEqualTo(requests);
    }

    @Test
    void namesTheMachinesAccountWhereThatIsUsed() {
        answers(403, "forbidden", Duration.ZERO);
        try (StandIn cloud = new StandIn()) {
            cloud.answering(
                    "GET /computeMetadata/v1/instance/service-accounts/default/token",
                    "{\"access_token\":\"t1\",\"expires_in\":3600}");
            try (GcsStore ofMachine = store("", cloud.url())) {
                assertThatThrownBy(() -> ofMachine.find("a"))
                        .hasMessageContaining("roles/storage.objectAdmin")
                        .hasMessageContaining("GOOGLE_APPLICATION_CREDENTIALS")
                        .hasMessageNotContaining("CredentialJSON");
            }
        }
    }

    @Test
    void countsWhatWasRefusedAsTooMuch() {
        answers(429, "rateLimitExceeded", Duration.ZERO);
        assertThatThrownBy(() -> store.write("a", new byte[1])).isInstanceOf(MigratorException.class);
        assertThat(store.refusals()).isEqualTo(3);
    }

    @Test
    void namesClocksThatDifferWhereTheAccountIsRefusedAToken() {
        server.set(
                400,
                Duration.ofMinutes(70).plusSeconds(5),
                Map.of("Content-Type", "application/json"),
                "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT: Token must be a short-lived token\"}");
        String tokensOf = account.json().replaceAll("http://127.0.0.1:\\d+/token", "http://127.0.0.1:" + server.port());
        try (GcsStore refused = store(tokensOf, "")) {
            assertThatThrownBy(refused::requireReachable)
                    .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                            .isEqualTo(Failure.DENIED))
                    .hasMessageContaining("the clock of this host is 70 minutes behind the server's, so the service")
                    .hasMessageEndingWith("Set the clock of this host.");
        }
    }
}
