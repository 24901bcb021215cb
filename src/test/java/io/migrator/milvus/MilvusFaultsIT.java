package io.migrator.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.MilvusConfig;
import io.migrator.config.Secret;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.FreePorts;
import io.migrator.lab.LabClient;
import io.migrator.milvus.connect.Milvus;
import io.migrator.milvus.read.GarbageCollection;
import io.milvus.grpc.CreateCredentialRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MilvusFaultsIT {
    @TempDir
    static Path workDir;

    private static LabPair lab;

    @BeforeAll
    static void start() {
        lab = LabPair.start(workDir, Map.of("common.security.authorizationEnabled", "true"));
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void letsTheRightPasswordIn() {
        try (MilvusSource source = Milvus.source(lab.milvus().config("root", "Milvus"))) {
            assertThat(source.version().atLeast(2, 3, 5)).isTrue();
            assertThat(source.collections("default")).isEmpty();
        }
    }

    @Test
    void namesTheKeysOfAWrongPassword() {
        try (MilvusSource source = Milvus.source(lab.milvus().config("root", "topsecret"))) {
            assertThatThrownBy(source::databases)
                    .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                            .isEqualTo(Failure.DENIED))
                    .hasMessageContaining("as user 'root'")
                    .hasMessageContaining("milvus.user and milvus.password")
                    .hasMessageNotContaining("topsecret");
            assertThatThrownBy(source::version).hasMessageContaining("milvus.password");
        }
    }

    @Test
    void namesTheKeysOfAMissingUser() {
        try (MilvusSource source = Milvus.source(lab.milvus().config())) {
            assertThatThrownBy(source::version)
                    .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                            .isEqualTo(Failure.DENIED))
                    .hasMessageContaining("without a user")
                    .hasMessageContaining("milvus.user and milvus.password");
        }
    }

    @Test
    void saysWhoLacksARight() {
        try (LabClient root = LabClient.to(lab.milvus(), "root", "Milvus")) {
            LabClient.require(root.stub()
                    .createCredential(CreateCredentialRequest.newBuilder()
                            .setUsername("guest")
                            .setPassword(
                                    Base64.getEncoder().encodeToString("guest123".getBytes(StandardCharsets.UTF_8)))
                            .build()));
        }
        try (MilvusTarget target = Milvus.target(lab.milvus().config("guest", "guest123"))) {
            assertThatThrownBy(() -> target.createDatabase("forbidden", List.of()))
                    .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                            .isEqualTo(Failure.DENIED))
                    .hasMessageContaining("as user 'guest'");
        }
    }

    @Test
    void givesUpSoonWhereNobodyListens() {
        MilvusConfig nobody = MilvusConfig.plain("127.0.0.1", FreePorts.one(), "", Secret.NONE);
        Instant began = Instant.now();
        try (MilvusSource source = Milvus.source(nobody)) {
            assertThatThrownBy(source::version)
                    .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                            .isEqualTo(Failure.UNREACHABLE))
                    .hasMessageContaining(nobody.display())
                    .hasMessageContaining("milvus.address and milvus.port");
        }
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void saysThatTlsMayBeTheReason() {
        MilvusConfig tls = new MilvusConfig(
                "127.0.0.1", lab.milvus().port(), "", Secret.NONE, Secret.NONE, 1, "", "localhost", "", "", "");
        try (MilvusSource source = Milvus.source(tls)) {
            assertThatThrownBy(source::version).hasMessageContaining("milvus.tlsMode");
        }
    }

    @Test
    void refusesACertificateThatIsNotThere() {
        MilvusConfig tls = new MilvusConfig(
                "127.0.0.1",
                lab.milvus().port(),
                "",
                Secret.NONE,
                Secret.NONE,
                1,
                "/no/such.pem",
                "localhost",
                "",
                "",
                "");

        assertThatThrownBy(() -> Milvus.source(tls))
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.USAGE))
                .hasMessageContaining("certificate paths");
    }

    @Test
    void findsNoGarbageCollectionSwitchInThisBuild() {
        assertThat(new GarbageCollection(lab.milvus().management()).pause(Duration.ofMinutes(1)))
                .isEmpty();
        assertThatThrownBy(
                        () -> new GarbageCollection("http://127.0.0.1:" + FreePorts.one()).pause(Duration.ofMinutes(1)))
                .hasMessageContaining("backup.gcPause.address");
    }

    @Test
    void goesOnAfterTheServerRestarted() {
        try (MilvusSource source = Milvus.source(lab.milvus().config("root", "Milvus"))) {
            assertThat(source.databases()).isNotEmpty();
            lab.milvus().stop();
            lab.milvus().startAgain();

            assertThat(source.databases()).contains("default");
        }
    }
}
