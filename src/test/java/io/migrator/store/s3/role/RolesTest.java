package io.migrator.store.s3.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.lab.FixedAnswer;
import io.migrator.lab.StandIn;
import io.migrator.store.token.TokenCalls;
import io.minio.credentials.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProviderException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The services of clouds that hand out keys, each by a socket that answers as its documentation says. */
final class RolesTest {
    private final StandIn cloud = new StandIn();
    private final String later =
            Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS).toString();

    @TempDir
    private Path dir;

    @AfterEach
    void stop() {
        cloud.close();
    }

    private static void areTheKeys(Credentials keys) {
        assertThat(keys.accessKey()).isEqualTo("ID");
        assertThat(keys.secretKey()).isEqualTo("SECRET");
        assertThat(keys.sessionToken()).isEqualTo("TOKEN");
    }

    private String aliyunKeys(String expiration) {
        return "{\"Code\":\"Success\",\"AccessKeyId\":\"ID\",\"AccessKeySecret\":\"SECRET\","
                + "\"SecurityToken\":\"TOKEN\",\"Expiration\":\"" + expiration + "\"}";
    }

    private Path tokenFile() throws IOException {
        return Files.writeString(dir.resolve("token"), "jwt of the pod\n");
    }

    @Test
    void takesTheRoleOfAMachineOfAlibaba() {
        cloud.answering("PUT /latest/api/token", "machine-token")
                .answering("GET /latest/meta-data/ram/security-credentials/", "role-1")
                .answering("GET /latest/meta-data/ram/security-credentials/role-1", aliyunKeys(later));
        AliyunRole role = new AliyunRole(cloud.url(), name -> null, new TokenCalls());
        areTheKeys(role.fetch());
        assertThat(cloud.asked().get(2).headers().get("X-aliyun-ecs-metadata-token"))
                .containsExactly("machine-token");
        role.fetch();
        assertThat(cloud.asked()).as("kept until they expire").hasSize(3);
    }

    @Test
    void asksAgainBeforeKeysExpire() {
        cloud.answering("GET /latest/meta-data/ram/security-credentials/", "role-1")
                .answering(
                        "GET /latest/meta-data/ram/security-credentials/role-1",
                        aliyunKeys(Instant.now().plusSeconds(60).toString()));
        AliyunRole role = new AliyunRole(cloud.url(), name -> null, new TokenCalls());
        role.fetch();
        int first = cloud.asked().size();
        role.fetch();
        assertThat(cloud.asked()).hasSize(2 * first);
    }

    @Test
    void takesTheRoleOfAServiceAccountOfAlibaba() throws IOException {
        cloud.answering("POST /", "{\"RequestId\":\"1\",\"Credentials\":" + aliyunKeys(later) + "}");
        Map<String, String> environment = Map.of(
                "ALIBABA_CLOUD_OIDC_TOKEN_FILE", tokenFile().toString(),
                "ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/r",
                "ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/p");
        areTheKeys(new AliyunRole(cloud.url() + "/", environment::get, new TokenCalls()).fetch());
        assertThat(cloud.asked().get(0).body())
                .contains(
                        "Action=AssumeRoleWithOIDC", "OIDCToken=jwt+of+the+pod", "RoleArn=acs%3Aram%3A%3A1%3Arole%2Fr");
        Map<String, String> half =
                Map.of("ALIBABA_CLOUD_OIDC_TOKEN_FILE", tokenFile().toString());
        assertThatThrownBy(() -> new AliyunRole(cloud.url(), half::get, new TokenCalls()).fetch())
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("ALIBABA_CLOUD_ROLE_ARN");
    }

    @Test
    void takesTheRoleOfAMachineOfTencent() {
        long expires = Instant.parse(later).getEpochSecond();
        cloud.answering("GET /latest/meta-data/cam/security-credentials/", "role-1")
                .answering(
                        "GET /latest/meta-data/cam/security-credentials/role-1",
                        "{\"TmpSecretId\":\"ID\",\"TmpSecretKey\":\"SECRET\",\"Token\":\"TOKEN\",\"ExpiredTime\":"
                                + expires + ",\"Code\":\"Success\"}");
        areTheKeys(new TencentRole(cloud.url(), name -> null, new TokenCalls()).fetch());
    }

    @Test
    void takesTheRoleOfAServiceAccountOfTencent() throws IOException {
        long expires = Instant.parse(later).getEpochSecond();
        cloud.answering(
                "POST /",
                "{\"Response\":{\"Credentials\":{\"Token\":\"TOKEN\",\"TmpSecretId\":\"ID\",\"TmpSecretKey\":\"SECRET\"},"
                        + "\"ExpiredTime\":" + expires + "}}");
        Map<String, String> environment = Map.of(
                "TKE_WEB_IDENTITY_TOKEN_FILE", tokenFile().toString(),
                "TKE_ROLE_ARN", "qcs::cam::role",
                "TKE_PROVIDER_ID", "provider",
                "TKE_REGION", "ap-one");
        areTheKeys(new TencentRole(cloud.url() + "/", environment::get, new TokenCalls()).fetch());
        assertThat(cloud.asked().get(0).body()).contains("\"WebIdentityToken\":\"jwt of the pod\"");
        assertThat(cloud.asked().get(0).headers().get("X-tc-region")).containsExactly("ap-one");
    }

    @Test
    void takesTheAgencyOfAMachineOfHuawei() {
        cloud.answering(
                "GET /openstack/latest/securitykey",
                "{\"credential\":{\"access\":\"ID\",\"secret\":\"SECRET\",\"securitytoken\":\"TOKEN\",\"expires_at\":\""
                        + later + "\"}}");
        areTheKeys(new HuaweiRole(cloud.url(), new TokenCalls()).fetch());
    }

    @Test
    void saysWhereThereIsNoRole() {
        assertThatThrownBy(() -> new HuaweiRole(cloud.url(), new TokenCalls()).fetch())
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("/openstack/latest/securitykey answered HTTP 404");
        cloud.answering("GET /openstack/latest/securitykey", "{\"credential\":{\"access\":\"ID\"}}");
        assertThatThrownBy(() -> new HuaweiRole(cloud.url(), new TokenCalls()).fetch())
                .hasMessageContaining("credential/secret")
                .hasMessageNotContaining("ID");
    }

    /** The keys that another server has are not this machine's. */
    @Test
    void followsNoRedirect() {
        cloud.answering("PUT /latest/api/token", "token")
                .answering("GET /latest/meta-data/iam/security-credentials/", "r")
                .answering("GET /latest/meta-data/iam/security-credentials/r", aliyunKeys(later));
        for (int status : new int[] {302, 307}) {
            FixedAnswer first = new FixedAnswer()
                    .set(status, Duration.ZERO, Map.of("Location", cloud.url() + "/latest/api/token"), "");
            try (first) {
                AwsRole role =
                        new AwsRole("http://127.0.0.1:" + first.port(), Optional.empty(), Duration.ofSeconds(10));
                assertThatThrownBy(role::fetch).isInstanceOf(ProviderException.class);
            }
        }
        assertThat(cloud.asked()).isEmpty();
    }
}
