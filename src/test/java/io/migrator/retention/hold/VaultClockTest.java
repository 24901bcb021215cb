package io.migrator.retention.hold;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.own.HoldNote;
import io.migrator.lab.LocalFolders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaultClockTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"60, behind", "-60, ahead of", "6, behind"})
    void aClockThatIsOffIsRefused(long minutes, String told) throws IOException {
        VaultClock clock = of("Date: " + date(minutes) + "\r\n");

        assertThat(clock.told()).isTrue();
        assertThat(clock.now())
                .isBetween(
                        Instant.now().plus(Duration.ofSeconds(minutes * 60 - 30)),
                        Instant.now().plus(Duration.ofSeconds(minutes * 60 + 30)));
        assertThatThrownBy(() -> clock.requireAgreed(config(1)))
                .isInstanceOfSatisfying(
                        MigratorException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
                .hasMessageContaining("the clock of this host is")
                .hasMessageContaining(told)
                .hasMessageContaining("Nothing was deleted");
    }

    @Test
    void clocksThatAgreeAreFine() throws IOException {
        VaultClock clock = of("Date: " + date(2) + "\r\n");

        assertThat(clock.told()).isTrue();
        assertThatCode(() -> clock.requireAgreed(config(1))).doesNotThrowAnyException();
    }

    @Test
    void byOurOwnNothingEndsAndNothingExpiresWhereTheStoreTellsNone() throws IOException {
        for (String header : new String[] {"", "Date: soon\r\n"}) {
            VaultClock clock = of(header);

            assertThat(clock.told()).isFalse();
            assertThat(clock.ahead()).isZero();
            assertThatThrownBy(() -> clock.requireTold(config(1)))
                    .isInstanceOfSatisfying(MigratorException.class, e -> assertThat(e.failure())
                            .isEqualTo(Failure.UNREACHABLE))
                    .hasMessageContaining("does not tell its time");
            HoldNote over = new HoldNote(Instant.EPOCH, "", "", Instant.EPOCH);
            assertThat(over.holds(clock.forHolds(config(1)))).isTrue();
        }
        VaultClock told = of("Date: " + date(0) + "\r\n");
        assertThatCode(() -> told.requireTold(config(1))).doesNotThrowAnyException();
        assertThat(told.forHolds(config(1))).isEqualTo(told.now());
    }

    /** The host's clock is the only one it has. */
    @Test
    void ofAFolderOurOwnIsTheClock() {
        StorageConfig local = new LocalFolders(folder).storage(StorageConfig.Side.VAULT, "vault", "");
        VaultClock clock = VaultClock.of(local);

        assertThat(clock.told()).isFalse();
        assertThatCode(() -> clock.requireTold(local)).doesNotThrowAnyException();
        assertThat(clock.forHolds(local)).isEqualTo(clock.now());
    }

    private static String date(long minutes) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plus(Duration.ofMinutes(minutes)).atOffset(ZoneOffset.UTC));
    }

    /** By a server that answers one request with this header. */
    private static VaultClock of(String header) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answer = new Thread(() -> {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read(new byte[4096]);
                    socket.getOutputStream()
                            .write(("HTTP/1.1 403 Forbidden\r\n" + header
                                            + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                                    .getBytes(US_ASCII));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            answer.setDaemon(true);
            answer.start();
            return VaultClock.of(config(server.getLocalPort()));
        }
    }

    private static StorageConfig config(int port) {
        return new StorageConfig(
                StorageConfig.Side.VAULT,
                StorageType.MINIO,
                "127.0.0.1",
                port,
                "",
                new Secret("key"),
                new Secret("secret"),
                Secret.NONE,
                Secret.NONE,
                false,
                false,
                "",
                "vault",
                "",
                500);
    }
}
