package io.migrator.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.config.StorageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which server of a vault is told the credentials of Milvus' store. */
class AzureCopyTest {
    @Test
    void oneRequestCopiesAsMuchAsAzureTakes() {
        assertThat(AzureCopy.SINGLE_REQUEST_MAX).isEqualTo(256L << 20);
    }

    @ParameterizedTest
    @CsvSource({
        // what the source proves itself by, its address, that of the vault, over TLS, told
        "key, core.windows.net, evil.example, true, true",
        "key, core.windows.net, 10.0.0.7, false, true",
        "signature, core.windows.net, core.windows.net, true, true",
        "signature, core.windows.net, CORE.windows.net, true, true",
        "signature, core.windows.net, core.chinacloudapi.cn, true, false",
        "signature, core.windows.net, core.windows.net.evil.example, true, false",
        "signature, core.windows.net, 127.0.0.1, true, false",
        "signature, 10.0.0.7, 10.0.0.7, true, false",
        "signature, 127.0.0.1, localhost, false, true",
        "signature, 127.0.0.1, 10.0.0.7, false, false",
        "role, core.windows.net, core.windows.net, true, true",
        "role, core.windows.net, evil.example, true, false",
        "role, 127.0.0.1, 127.0.0.1, false, true",
    })
    void tellsAWholeSignatureOrTokenToItsOwnCloudAlone(
            String proof, String source, String vault, boolean tls, boolean told) {
        assertThat(AzureCopy.isTrusted(store(Side.MILVUS, proof, source, tls), store(Side.VAULT, "key", vault, tls)))
                .isEqualTo(told);
    }

    private static StorageConfig store(Side side, String proof, String address, boolean tls) {
        return new StorageConfig(
                side,
                StorageType.AZURE,
                address,
                443,
                "",
                new Secret("account"),
                proof.equals("key") ? new Secret("a2V5") : Secret.NONE,
                proof.equals("signature") ? new Secret("sv=1&sig=abc") : Secret.NONE,
                Secret.NONE,
                tls,
                proof.equals("role"),
                "",
                "container",
                "",
                500);
    }
}
