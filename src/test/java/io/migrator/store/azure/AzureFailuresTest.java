package io.migrator.store.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.FixedAnswer;
import io.migrator.store.driver.Deadlines;
import io.migrator.store.driver.Retry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of Azure that Azurite cannot be made to give. */
final class AzureFailuresTest {
    private final FixedAnswer server = new FixedAnswer();
    private final AzureStore store = new AzureStore(
            new StorageConfig(
                    StorageConfig.Side.VAULT,
                    StorageType.AZURE,
                    "127.0.0.1",
                    server.port(),
                    "",
                    new Secret("accounta"),
                    new Secret("a2V5"),
                    Secret.NONE,
                    Secret.NONE,
                    false,
                    false,
                    "",
                    "container-a",
                    "backup",
                    500),
            Deadlines.usual(),
            new Retry(3, Duration.ofMillis(1), Duration.ofMinutes(1)),
            new Retry(2, Duration.ofMillis(1), Duration.ofMinutes(1)),
            AzureCopy.SINGLE_REQUEST_MAX);

    @AfterEach
    void hangUp() {
        store.close();
        server.close();
    }

    private void answers(int status, String code, Duration clock) {
        Map<String, String> headers = new HashMap<>(Map.of("x-ms-request-id", "REQ1"));
        if (!code.isEmpty()) {
            headers.put("x-ms-error-code", code);
        }
        server.set(status, clock, headers, "");
    }

    @ParameterizedTest
    @CsvSource({
        "403, AuthorizationPermissionMismatch, DENIED, minio.backupAccessKeyID, 1",
        "404, BlobNotFound, NOT_FOUND, the object does not exist, 1",
        "503, ServerBusy, THROTTLED, max-requests-per-second, 3",
        "503, '', THROTTLED, max-requests-per-second, 3",
        "429, '', THROTTLED, max-requests-per-second, 3",
        "500, InternalError, UNREACHABLE, once the server works, 3",
        "500, OperationTimedOut, UNREACHABLE, once the server works, 3",
        "412, ConditionNotMet, SOURCE_CHANGED, Run the same command again, 1",
        "409, ContainerBeingDeleted, UNREACHABLE, once the server works, 3",
        "501, '', UNSUPPORTED, minio.backupAddress, 1"
    })
    void namesWhatTheServerMeans(int status, String code, Failure failure, String told, int requests) {
        answers(status, code, Duration.ZERO);
        assertThatThrownBy(() -> store.read("a/b", 10))
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(failure))
                .hasMessageStartingWith("unable to read 'container-a/a/b': ")
                .hasMessageContaining(told)
                .hasMessageContaining("(request id REQ1)");
        assertThat(server.requests()).isEqualTo(requests);
    }

    @Test
    void countsWhatWasRefusedAsTooMuch() {
        answers(503, "ServerBusy", Duration.ZERO);
        assertThatThrownBy(() -> store.write("a", new byte[1])).isInstanceOf(MigratorException.class);
        assertThat(store.refusals()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"20, 20 minutes behind", "-20, 20 minutes ahead of"})
    void namesClocksThatDiffer(int minutes, String told) {
        answers(403, "AuthenticationFailed", Duration.ofMinutes(minutes).plusSeconds(minutes < 0 ? -5 : 5));
        assertThatThrownBy(store::requireReachable)
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.DENIED))
                .hasMessageContaining("the clock of this host is " + told + " the server's")
                .hasMessageEndingWith("Set the clock of this host.");
    }

    @Test
    void blamesTheKeyWhereTheClocksAgree() {
        answers(403, "AuthenticationFailed", Duration.ofMinutes(1));
        assertThatThrownBy(store::requireReachable)
                .hasMessageContaining("do not fit the account 'accounta'")
                .hasMessageContaining("minio.backupSecretAccessKey");
    }
}
