package io.migrator.store.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerClockTest {
    /** The host is the one that the driver asks. */
    @ParameterizedTest
    @CsvSource({
        "AZURE, core.windows.net, 443, https://account.blob.core.windows.net/",
        "AZURE, account.blob.core.windows.net, 443, https://account.blob.core.windows.net/",
        "AZURE, 127.0.0.1, 10000, http://127.0.0.1:10000/account/",
        "MINIO, minio.example, 9000, http://minio.example:9000/",
    })
    void asksTheHostThatTheDriverUses(StorageType type, String address, int port, String root) {
        StorageConfig config = new StorageConfig(
                StorageConfig.Side.VAULT,
                type,
                address,
                port,
                "",
                new Secret("account"),
                new Secret("secret"),
                Secret.NONE,
                Secret.NONE,
                false,
                false,
                "",
                "vault",
                "",
                500);

        assertThat(ServerClock.root(config)).isEqualTo(URI.create(root));
    }
}
