package io.migrator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.config.StorageType;
import io.migrator.failure.Failure;
import io.migrator.lab.MinioServer;
import io.migrator.lab.StandIn;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of a role, handed out by stand-ins of a cloud's services and good at a real server. */
final class RoleCredentialsIT {
    private static final String ROLES = "/latest/meta-data/iam/security-credentials/";
    private static final String CONTAINER = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    private static final String TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";
    private static final String ROLE_ARN = "AWS_ROLE_ARN";

    @TempDir
    private static Path dir;

    private static MinioServer minio;
    private static StorageConfig keys;

    private final StandIn cloud = new StandIn();

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(MinioServer.available(), MinioServer::unavailableBecause);
        minio = MinioServer.start(dir);
        minio.createBucket("vault");
        keys = SessionKeys.forBucketOnly(minio, minio.storage(Side.VAULT, "vault", ""));
    }

    @AfterAll
    static void stop() {
        if (minio != null) {
            minio.close();
        }
    }

    @AfterEach
    void forget() {
        cloud.close();
        System.clearProperty(CONTAINER);
        System.clearProperty(TOKEN_FILE);
        System.clearProperty(ROLE_ARN);
    }

    private static String json() {
        return """
                {"Code":"Success","AccessKeyId":"%s","%s":"%s","%s":"%s","Expiration":"%s"}"""
                .formatted(
                        keys.accessKeyId().reveal(),
                        "SecretAccessKey",
                        keys.secretAccessKey().reveal(),
                        "Token",
                        keys.token().reveal(),
                        inAnHour());
    }

    private static String inAnHour() {
        return Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static void works(StorageType type, String iamEndpoint) {
        try (ObjectStore store = Stores.open(Configs.withRole(keys, type, iamEndpoint))) {
            StoredObject written = store.write("a", "abc".getBytes(UTF_8));
            assertThat(store.list("")).containsExactly(written.withChecksum(null));
            store.delete(List.of("a"));
        }
    }

    @Test
    void takesTheRoleOfAMachineOfAmazon() {
        cloud.answering("PUT /latest/api/token", "imds-token")
                .answering("GET " + ROLES, "role-1")
                .answering("GET " + ROLES + "role-1", json());
        works(StorageType.AWS, cloud.url());
        assertThat(cloud.asked()).extracting(StandIn.Asked::line).endsWith("GET " + ROLES + "role-1");
        assertThat(cloud.asked()).as("keys are kept").hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void takesTheRoleOfAContainerOfAmazon() {
        cloud.answering("GET /container", json());
        System.setProperty(CONTAINER, cloud.url() + "/container");
        works(StorageType.S3, "");
    }

    @Test
    void takesTheRoleOfAServiceAccountOfAmazon() throws IOException {
        String xml =
                """
                <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                <AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>%s</AccessKeyId>
                <SecretAccessKey>%s</SecretAccessKey><SessionToken>%s</SessionToken><Expiration>%s</Expiration>
                </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>"""
                        .formatted(
                                keys.accessKeyId().reveal(),
                                keys.secretAccessKey().reveal(),
                                keys.token().reveal(),
                                inAnHour());
        cloud.answering("POST /", xml);
        System.setProperty(
                TOKEN_FILE, Files.writeString(dir.resolve("jwt"), "jwt").toString());
        System.setProperty(ROLE_ARN, "arn:aws:iam::1:role/r");
        works(StorageType.AWS, cloud.url());
    }

    @Test
    void takesTheRoleOfAMachineOfAlibaba() {
        cloud.answering("GET /latest/meta-data/ram/security-credentials/", "role-1")
                .answering(
                        "GET /latest/meta-data/ram/security-credentials/role-1",
                        json().replace("SecretAccessKey", "AccessKeySecret").replace("\"Token\"", "\"SecurityToken\""));
        works(StorageType.ALI, cloud.url());
    }

    @Test
    void namesTheKeyWhereThereIsNoRole() {
        for (StorageType type : List.of(StorageType.AWS, StorageType.ALI, StorageType.TC, StorageType.GCP)) {
            try (ObjectStore store = Stores.open(Configs.withRole(keys, type, cloud.url()))) {
                assertThatThrownBy(store::requireReachable)
                        .as(type.name())
                        .satisfies(Faults.are(Failure.DENIED))
                        .hasMessageContaining("minio.backupUseIAM")
                        .hasMessageContaining("minio.backupIamEndpoint");
            }
        }
    }

    @Test
    void bearsTheTokenOfAMachineOfGoogle() {
        cloud.answering(
                        "GET /computeMetadata/v1/instance/service-accounts/default/token",
                        "{\"access_token\":\"ya29.lab\",\"expires_in\":3600,\"token_type\":\"Bearer\"}")
                .answering(
                        "GET /vault",
                        "<ListBucketResult><Name>vault</Name><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated>"
                                + "</ListBucketResult>");
        StorageConfig google = Configs.withPort(Configs.withRole(keys, StorageType.GCP, cloud.url()), cloud.port());
        try (ObjectStore store = Stores.open(google)) {
            store.requireReachable();
            store.requireReachable();
        }
        assertThat(cloud.asked()).hasSize(3);
        StandIn.Asked list = cloud.asked().get(1);
        assertThat(list.line()).isEqualTo("GET /vault");
        assertThat(list.headers().get("Authorization")).containsExactly("Bearer ya29.lab");
        assertThat(list.headers().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-amz"));
    }
}
