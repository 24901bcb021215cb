package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.MigratorException;
import io.migrator.launch.RunOutcome;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.connect.Milvus;
import io.migrator.report.RunReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hosts that URIs find odd: IPv6 addresses and names with an underscore, for Milvus and every store. */
class OddHostsTest {
    @TempDir
    private Path folder;

    private final CliRun cli = new CliRun();

    @ParameterizedTest
    @CsvSource({"minio, ::1", "minio, [::1]"})
    void aStoreIsAskedAtAnIpv6Address(String type, String host) {
        int port = closedOnIpv6();

        int code = list(type, host, port);

        assertThat(code).as(cli.errorText()).isEqualTo(5);
        assertThat(cli.errorText()).contains("nothing answers on [::1]:" + port);
    }

    @ParameterizedTest
    @CsvSource({"::1", "a_b.example"})
    void whatAzuresClientCannotTakeIsRefused(String host) {
        assertThat(list("azure", host, 9)).isEqualTo(2);
        assertThat(cli.errorText()).contains("Azure's client", "minio.backupAddress");
    }

    @ParameterizedTest
    @CsvSource({"minio, no_such_host.invalid", "azure, no_such_host"})
    void aNameWithAnUnderscoreIsNoFaultOfForm(String type, String host) {
        assertThat(list(type, host, 9)).as(cli.errorText()).isEqualTo(5);
        assertThat(cli.errorText()).contains(host, "minio.backupAddress");
    }

    @ParameterizedTest
    @CsvSource({"::1, ''", "[::1], ''", "no_such_host.invalid, no such host is known"})
    void milvusIsAskedThere(String host, String refusal) {
        int code = cli.run(
                folder,
                Map.of(),
                (request, progress) -> {
                    try (MilvusSource source = Milvus.source(request.config().milvus())) {
                        assertThat(source).isNotNull();
                        return new RunOutcome(null, "opened", new RunReport(), null);
                    } catch (MigratorException e) {
                        return new RunOutcome(e.failure(), String.valueOf(e.getMessage()), new RunReport(), e);
                    }
                },
                "create",
                "--set",
                "milvus.address=" + host);

        assertThat(code).as(cli.errorText()).isEqualTo(refusal.isEmpty() ? 0 : 5);
        assertThat(cli.errorText()).contains(refusal);
    }

    private int list(String type, String host, int port) {
        return cli.run(
                folder,
                Map.of(),
                (request, progress) -> new RunOutcome(null, "", new RunReport(), null),
                "list",
                "--set",
                "minio.backupStorageType=" + type,
                "--set",
                "minio.backupSecretAccessKey=c2VjcmV0",
                "--set",
                "minio.backupAddress=" + host,
                "--set",
                "minio.backupPort=" + port);
    }

    private static int closedOnIpv6() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            return Assumptions.abort("no IPv6 here");
        }
    }
}
