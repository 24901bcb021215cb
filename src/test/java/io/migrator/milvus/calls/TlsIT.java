package io.migrator.milvus.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.MilvusConfig;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.fake.net.Certificates;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.connect.Milvus;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.GetVersionResponse;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, mutual TLS, passwords and tokens, over gRPC and over REST; and what is said where they do not fit. */
class TlsIT {
    @TempDir
    static Path folder;

    private static Certificates own;
    private static Certificates other;
    private static FakeMilvus server;
    private static FakeMilvus mutual;

    @BeforeAll
    static void start() {
        own = Certificates.make(folder.resolve("own"));
        other = Certificates.make(folder.resolve("other"));
        server = FakeMilvus.start(settings().tls(own, false).users(Map.of("key-1", "robot")));
        mutual = FakeMilvus.start(settings().tls(own, true));
    }

    @AfterAll
    static void stop() {
        for (FakeMilvus one : new FakeMilvus[] {server, mutual}) {
            if (one != null) {
                one.close();
            }
        }
    }

    @Test
    void trustsAnOwnAuthority() {
        answers(config(server, "Milvus", "", 1, own.caPem(), "localhost", "", ""));
    }

    @Test
    void checksTheAddressWhereNoNameIsGiven() {
        answers(config(server, "Milvus", "", 1, own.caPem(), "", "", ""));
    }

    @Test
    void saysThatTheAuthorityIsNotTrusted() {
        MilvusConfig config = config(server, "Milvus", "", 1, other.caPem(), "localhost", "", "");

        refuses(config, Failure.UNREACHABLE, "authority that is not trusted", "milvus.caCertPath");
    }

    @Test
    void trustsNobodysAuthorityWithoutAnOwnOne() {
        MilvusConfig config = config(server, "Milvus", "", 1, null, "localhost", "", "");

        refuses(config, Failure.UNREACHABLE, "authority that is not trusted", "milvus.caCertPath");
    }

    @Test
    void saysThatTheCertificateIsForAnotherName() {
        MilvusConfig config = config(server, "Milvus", "", 1, own.caPem(), "milvus.example.org", "", "");

        refuses(config, Failure.UNREACHABLE, "for another name", "milvus.serverName (now 'milvus.example.org')");
    }

    @Test
    void showsItsCertificateWhereTlsIsMutual() {
        answers(config(
                mutual,
                "",
                "",
                2,
                own.caPem(),
                "localhost",
                own.clientPem().toString(),
                own.clientKey().toString()));
    }

    @Test
    void trustsThePublicAuthoritiesWhereTlsIsMutualWithoutAnOwnOne() {
        MilvusConfig config = config(
                mutual,
                "",
                "",
                2,
                null,
                "localhost",
                own.clientPem().toString(),
                own.clientKey().toString());

        refuses(config, Failure.UNREACHABLE, "authority that is not trusted", "milvus.caCertPath");
    }

    @Test
    void saysThatTheOtherSideMaySpeakTlsOnly() {
        Action action = Action.server("ask", "it");
        try (Calls calls = new Calls(Connection.open(config(server, "", "", 0, null, "", "", "")))) {
            fails(
                    () -> calls.askOnce(
                            action,
                            stub -> stub.getVersion(GetVersionRequest.getDefaultInstance()),
                            GetVersionResponse::getStatus),
                    Failure.UNREACHABLE,
                    "no connection to Milvus",
                    "milvus.tlsMode");
        }
    }

    @Test
    void saysThatACertificateIsWanted() {
        MilvusConfig config = config(mutual, "", "", 1, own.caPem(), "localhost", "", "");

        refuses(config, Failure.UNREACHABLE, "", "milvus.mtlsCertPath");
    }

    @Test
    void sendsATokenInPlaceOfAPassword() {
        answers(config(server, "", "key-1", 1, own.caPem(), "localhost", "", ""));
        refuses(
                config(server, "", "key-2", 1, own.caPem(), "localhost", "", ""),
                Failure.DENIED,
                "",
                "Check milvus.token");
    }

    @Test
    void saysThatThePasswordIsWrong() {
        refuses(
                config(server, "wrong-one", "", 1, own.caPem(), "localhost", "", ""),
                Failure.DENIED,
                "",
                "Check milvus.user and milvus.password");
    }

    @Test
    void saysWhereThereIsNoKey() {
        Path none = folder.resolve("none.key");
        MilvusConfig config = config(
                mutual, "", "", 2, own.caPem(), "localhost", own.clientPem().toString(), none.toString());

        fails(() -> Milvus.source(config), Failure.USAGE, none.toString(), "milvus.mtlsKeyPath");
    }

    private static void answers(MilvusConfig config) {
        try (MilvusSource source = Milvus.source(config)) {
            assertThat(source.version().text()).isEqualTo("v2.5.10");
            assertThat(source.databases()).containsExactly("default");
        }
        assertThat(Endpoints.rest(config)).isTrue();
    }

    private static void refuses(MilvusConfig config, Failure failure, String cause, String advice) {
        try (MilvusSource source = Milvus.source(config)) {
            fails(source::version, failure, cause, advice);
        }
        fails(() -> Endpoints.rest(config), failure, cause, advice);
    }

    private static void fails(ThrowingCallable call, Failure failure, String cause, String advice) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(failure))
                .hasMessageContaining(cause)
                .hasMessageContaining(advice)
                .hasMessageNotContaining("wrong-one")
                .hasMessageNotContaining("key-2");
    }

    private static FakeSettings settings() {
        Secret nobody = new Secret("nobody");
        return new FakeSettings(
                "2.5.10",
                new StorageConfig(
                        StorageConfig.Side.MILVUS,
                        StorageType.MINIO,
                        "127.0.0.1",
                        9,
                        "",
                        nobody,
                        nobody,
                        Secret.NONE,
                        Secret.NONE,
                        false,
                        false,
                        "",
                        "none",
                        "files",
                        500));
    }

    private static MilvusConfig config(
            FakeMilvus milvus,
            String password,
            String token,
            int tlsMode,
            @Nullable Path authority,
            String serverName,
            String certificate,
            String key) {
        return new MilvusConfig(
                "127.0.0.1",
                milvus.port(),
                password.isEmpty() ? "" : "root",
                new Secret(password),
                new Secret(token),
                tlsMode,
                authority == null ? "" : authority.toString(),
                serverName,
                certificate,
                key,
                "");
    }
}
