package io.migrator.store.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.http.LowLevelHttpResponse;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.config.StorageType;
import io.migrator.lab.FixedAnswer;
import io.migrator.lab.StandIn;
import io.migrator.store.gcs.TokenRequests;
import io.migrator.store.s3.role.RoleCredentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process whose every request goes through a proxy, but for those that ask the machine for its keys. */
final class TokenProxiesTest {
    private static final String KEYS =
            """
            {"Code":"Success","AccessKeyId":"a","SecretAccessKey":"s","AccessKeySecret":"s","Token":"t",
            "SecurityToken":"t","TmpSecretId":"a","TmpSecretKey":"s","ExpiredTime":99999999999,
            "Expiration":"2099-01-01T00:00:00Z",
            "credential":{"access":"a","secret":"s","securitytoken":"t","expires_at":"2099-01-01T00:00:00Z"}}""";

    private final ProxySelector before = ProxySelector.getDefault();
    private final FixedAnswer proxy = new FixedAnswer().set(200, Duration.ZERO, Map.of(), KEYS);
    private final StandIn machine = new StandIn();

    /** As {@code -Dhttp.proxyHost= -Dhttp.nonProxyHosts=} do. */
    @BeforeEach
    void proxyForAll() {
        ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.port())));
    }

    @AfterEach
    void stop() {
        ProxySelector.setDefault(before);
        proxy.close();
        machine.close();
    }

    private Proxy chosen(String uri) {
        return new TokenProxies().select(URI.create(uri)).get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/api/token",
                "http://169.254.170.2/v2/credentials",
                "http://169.254.170.23/v1/credentials",
                "http://[fd00:ec2::254]/latest/api/token",
                "http://[FD00:EC2::23]/v1/credentials",
                "http://metadata.google.internal/computeMetadata/v1/",
                "http://metadata.tencentyun.com/latest/",
                "http://100.100.100.200/latest/",
                "http://127.0.0.1:41123/msi/token",
                "https://localhost:41123/msi/token",
                "https://169.254.170.23/v1/credentials",
                "https://[::1]:41123/msi/token",
                "https://[::ffff:169.254.169.254]/",
                "https://METADATA/",
                "http://2852039166/latest/api/token",
            })
    void areNoneForTheMachineItself(String uri) {
        assertThat(chosen(uri)).isEqualTo(Proxy.NO_PROXY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://sts.amazonaws.com/",
                "https://login.microsoftonline.com/t/oauth2/v2.0/token",
                "https://oauth2.googleapis.com/token",
                "https://metadata-service.example.org/",
            })
    void areThoseOfTheProcessForServicesInTheNet(String uri) {
        assertThat(chosen(uri).type()).isEqualTo(Proxy.Type.HTTP);
    }

    @Test
    void seeNothingOfAnyClient() throws IOException {
        String roles = "security-credentials/";
        machine.answering("PUT /latest/api/token", "token")
                .answering("GET /latest/meta-data/iam/" + roles, "r")
                .answering("GET /latest/meta-data/iam/" + roles + "r", KEYS)
                .answering("GET /latest/meta-data/ram/" + roles, "r")
                .answering("GET /latest/meta-data/ram/" + roles + "r", KEYS)
                .answering("GET /latest/meta-data/cam/" + roles, "r")
                .answering("GET /latest/meta-data/cam/" + roles + "r", KEYS)
                .answering("GET /openstack/latest/securitykey", KEYS)
                .answering("GET /token", KEYS);

        for (StorageType type : List.of(StorageType.AWS, StorageType.ALI, StorageType.TC, StorageType.HWC)) {
            assertThat(RoleCredentials.keys(role(type), Duration.ofSeconds(10))
                            .fetch()
                            .accessKey())
                    .as(type.name())
                    .isEqualTo("a");
        }
        assertThat(new TokenCalls().get(machine.url() + "/token", Map.of())).isEqualTo(KEYS);
        LowLevelHttpResponse google = TokenRequests.get(role(StorageType.GCPNATIVE), machine.url() + "/token");
        assertThat(google.getStatusCode()).isEqualTo(200);

        assertThat(proxy.heads()).isEmpty();
        assertThat(machine.asked()).hasSizeGreaterThan(8);
    }

    private StorageConfig role(StorageType type) {
        return new StorageConfig(
                Side.VAULT,
                type,
                "127.0.0.1",
                1,
                "",
                Secret.NONE,
                Secret.NONE,
                Secret.NONE,
                Secret.NONE,
                false,
                true,
                machine.url(),
                "bucket",
                "",
                500);
    }
}
