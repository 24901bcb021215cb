package io.migrator.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.MilvusConfig;
import io.migrator.config.Secret;
import io.migrator.fake.net.Certificates;
import io.milvus.grpc.BackupRBACMetaRequest;
import io.milvus.grpc.CreateCredentialRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.CreateRoleRequest;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.OperateUserRoleRequest;
import io.milvus.grpc.RBACMeta;
import io.milvus.grpc.RestoreRBACMetaRequest;
import io.milvus.grpc.RoleEntity;
import io.milvus.shaded.io.grpc.Status;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, users, tokens and rights of the double, over gRPC and REST. */
class FakeSecurityTest {
    private static final String IMPORTS = "/v2/vectordb/jobs/import/list";

    @TempDir
    static Path workDir;

    private static Certificates certificates;

    @BeforeAll
    static void makeCertificates() {
        certificates = Certificates.make(workDir.resolve("tls"));
    }

    private static FakeSettings settings() {
        return new FakeSettings("2.5.10", FakeClient.noBucket());
    }

    private static String version(MilvusConfig config) {
        try (FakeClient client = FakeClient.to(config)) {
            return client.stub()
                    .getVersion(GetVersionRequest.getDefaultInstance())
                    .getVersion();
        }
    }

    @Test
    void speaksGrpcAndRestOverTlsOnOnePort() throws Exception {
        try (FakeMilvus server = FakeMilvus.start(settings().tls(certificates, false))) {
            assertThat(version(server.config())).isEqualTo("v2.5.10");
            assertThat(rest(server.rest() + IMPORTS, trusting(), "").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void letsNoPlainClientIn() {
        try (FakeMilvus server = FakeMilvus.start(settings().tls(certificates, false))) {
            MilvusConfig plain = MilvusConfig.plain("127.0.0.1", server.port(), "", Secret.NONE);

            assertThatThrownBy(() -> version(plain))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            fault -> assertThat(fault.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
        }
    }

    @Test
    void wantsTheClientsCertificateWhereTlsIsMutual() {
        try (FakeMilvus server = FakeMilvus.start(settings().tls(certificates, true))) {
            assertThat(version(server.config())).isEqualTo("v2.5.10");
            MilvusConfig nobody = new MilvusConfig(
                    "127.0.0.1",
                    server.port(),
                    "",
                    Secret.NONE,
                    Secret.NONE,
                    1,
                    certificates.caPem().toString(),
                    "localhost",
                    "",
                    "",
                    "");

            assertThatThrownBy(() -> version(nobody)).isInstanceOf(StatusRuntimeException.class);
        }
    }

    @Test
    void knowsUsersAndKeys() throws Exception {
        try (FakeMilvus server = FakeMilvus.start(settings().users(Map.of("key-1", "robot")))) {
            assertThat(version(server.config("root", "Milvus"))).isEqualTo("v2.5.10");
            assertThat(version(server.configWithKey("key-1"))).isEqualTo("v2.5.10");
            assertThatThrownBy(() -> version(server.config("root", "wrong")))
                    .hasMessageContaining("UNAUTHENTICATED")
                    .hasMessageContaining("username and password");
            assertThatThrownBy(() -> version(server.configWithKey("key-2"))).hasMessageContaining("api key");
            HttpClient http = HttpClient.newHttpClient();
            assertThat(rest(server.rest() + IMPORTS, http, "Bearer root:Milvus").statusCode())
                    .isEqualTo(200);
            HttpResponse<String> refused = rest(server.rest() + IMPORTS, http, "Bearer root:wrong");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).contains("1800");
        }
    }

    @Test
    void deniesWhatAUserMayNot() {
        try (FakeMilvus server = FakeMilvus.start(settings().users(Map.of()));
                FakeClient root = FakeClient.to(server.config("root", "Milvus"))) {
            root.stub().createCredential(credential("guest", "guest123"));
            CreateDatabaseRequest wish =
                    CreateDatabaseRequest.newBuilder().setDbName("d").build();
            try (FakeClient guest = FakeClient.to(server.config("guest", "guest123"))) {
                assertThat(guest.stub().createDatabase(wish).getCode()).isEqualTo(1401);

                root.stub()
                        .operateUserRole(OperateUserRoleRequest.newBuilder()
                                .setUsername("guest")
                                .setRoleName("admin")
                                .build());

                assertThat(guest.stub().createDatabase(wish).getCode()).isZero();
            }
        }
    }

    @Test
    void takesABackupOfRightsToAnotherServerOnce() {
        try (FakeMilvus one = FakeMilvus.start(settings());
                FakeMilvus other = FakeMilvus.start(settings());
                FakeClient from = FakeClient.to(one);
                FakeClient to = FakeClient.to(other)) {
            from.stub().createCredential(credential("alice", "secret-1"));
            from.stub()
                    .createRole(CreateRoleRequest.newBuilder()
                            .setEntity(RoleEntity.newBuilder().setName("reader"))
                            .build());
            from.stub()
                    .operateUserRole(OperateUserRoleRequest.newBuilder()
                            .setUsername("alice")
                            .setRoleName("reader")
                            .build());

            RBACMeta rights = from.stub()
                    .backupRBAC(BackupRBACMetaRequest.getDefaultInstance())
                    .getRBACMeta();
            RestoreRBACMetaRequest restore =
                    RestoreRBACMetaRequest.newBuilder().setRBACMeta(rights).build();

            assertThat(to.stub().restoreRBAC(restore).getCode()).isZero();
            assertThat(other.model().rbac().knows("alice", "secret-1")).isTrue();
            assertThat(to.stub()
                            .backupRBAC(BackupRBACMetaRequest.getDefaultInstance())
                            .getRBACMeta())
                    .isEqualTo(rights);
            assertThat(to.stub().restoreRBAC(restore).getReason()).contains("already exists");
        }
    }

    private static CreateCredentialRequest credential(String user, String password) {
        return CreateCredentialRequest.newBuilder()
                .setUsername(user)
                .setPassword(Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private static HttpClient trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(certificates.caPem())) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        // Over TLS, h2 would be agreed on, and the server takes HTTP/2 for gRPC.
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .build();
    }

    private static HttpResponse<String> rest(String url, HttpClient http, String authorization) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString("{}"));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
