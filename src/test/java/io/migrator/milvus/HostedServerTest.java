package io.migrator.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.fake.rpc.Fault;
import io.migrator.lab.LocalFolders;
import io.migrator.milvus.calls.ServerVersion;
import io.migrator.milvus.connect.Milvus;
import io.milvus.shaded.io.grpc.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which version a server is taken for, by what GetVersion and Connect say. */
class HostedServerTest {
    @TempDir
    static Path folder;

    private static FakeMilvus server;

    @BeforeAll
    static void start() {
        server = start("2.5.10");
    }

    private static FakeMilvus start(String version) {
        LocalFolders folders = new LocalFolders(folder);
        folders.createBucket(version);
        return FakeMilvus.start(new FakeSettings(version, folders.storage(Side.MILVUS, version, "")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        server.log().clear();
    }

    @Test
    void asksConnectWhereGetVersionNamesNoRelease() {
        server.model().tells("unknown-20260801-0123abc", "v2.5.10");
        assertThat(version()).isEqualTo(new ServerVersion(2, 5, 10, "v2.5.10"));

        server.model().tells("unknown-20260801-0123abc", "2.6-20260801-0123abc");
        assertThat(version().atLeast(2, 6, 30)).isTrue();
        assertThat(version().atLeast(2, 7, 0)).isFalse();

        server.model().tells("Vendor Cloud (Compatible with Milvus 2.5)", "v2.5.4-cloud");
        assertThat(version()).isEqualTo(new ServerVersion(2, 5, 4, "v2.5.4-cloud"));
    }

    @Test
    void asksConnectWhereGetVersionIsNotKnown() {
        server.model().tells("", "v2.4.15");
        server.faults().next("GetVersion", new Fault.Break(Status.UNIMPLEMENTED));

        assertThat(version()).isEqualTo(new ServerVersion(2, 4, 15, "v2.4.15"));
    }

    @Test
    void asksGetVersionAloneWhereThatNamesARelease() {
        server.model().tells("v2.5.10", "v2.6.1");

        assertThat(version()).isEqualTo(new ServerVersion(2, 5, 10, "v2.5.10"));
        assertThat(server.log().counts()).containsOnlyKeys("GetVersion");
    }

    @Test
    void takesAServerThatTellsNothingForTheNewest() {
        server.model().tells("unknown", "unknown");
        assertThat(version().atLeast(3, 0, 0)).isTrue();

        server.model().tells("unknown", "v2.5.10");
        server.faults().next("Connect", new Fault.Break(Status.UNIMPLEMENTED));
        assertThat(version().text()).isEqualTo("unknown");
    }

    @Test
    void saysWhatGetVersionSaidWhereNeitherIsKnown() {
        server.faults().next("GetVersion", new Fault.Break(Status.UNIMPLEMENTED));
        server.faults().next("Connect", new Fault.Break(Status.UNIMPLEMENTED));

        assertThatThrownBy(HostedServerTest::version)
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.UNSUPPORTED))
                .hasMessageContaining("does not know this call");
    }

    @Test
    void isOneThatNeedsAKey() {
        server.faults().next("GetVersion", new Fault.Break(Status.UNAUTHENTICATED));

        assertThatThrownBy(HostedServerTest::version)
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.DENIED));
        assertThat(server.log().counts()).containsOnlyKeys("GetVersion");
    }

    private static ServerVersion version() {
        try (MilvusSource source = Milvus.source(server.config())) {
            return source.version();
        }
    }
}
