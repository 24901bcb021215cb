package io.migrator.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.Samples;
import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.Binlog;
import io.migrator.format.meta.FieldBinlog;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.lab.S3Lab;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeleteCountIT {
    private static S3Lab server;
    private static ObjectStore store;

    @BeforeAll
    static void start(@TempDir Path dir) {
        server = S3Lab.lease(dir);
        server.createBucket("vault");
        store = Stores.open(server.storage(Side.VAULT, "vault", ""));
    }

    @AfterAll
    static void stop() {
        if (store != null) {
            store.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Samples.V0_4, Samples.V0_5})
    void countsTheDeletesOfARealBackup(String sample) throws Exception {
        SampleVault vault = new SampleVault(store, sample);
        vault.putSample(sample, "b");

        DeleteCount count = DeleteCount.read(store, vault.layout("b"), segments(sample));

        assertThat(count.known()).isTrue();
        assertThat(count.bySegment())
                .isEqualTo(Map.of(
                        470651999203248102L, 2L,
                        470651999203248103L, 2L,
                        470651999203248179L, 2L,
                        470651999203248105L, 1L));
    }

    @Test
    void namesTheDeltaLogThatIsDamaged() throws Exception {
        SampleVault vault = new SampleVault(store, "damaged");
        vault.putSample(Samples.V0_5, "b");
        VaultFile file = segments(Samples.V0_5).stream()
                .flatMap(vault.layout("b")::deltaFiles)
                .findFirst()
                .orElseThrow();
        store.write(file.key(), Arrays.copyOf(store.read(file.key(), 1 << 20), 300));

        assertThatThrownBy(() -> DeleteCount.read(store, vault.layout("b"), segments(Samples.V0_5)))
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.CORRUPT))
                .hasMessageContaining(file.key())
                .hasMessageContaining("at byte 108");
    }

    @Test
    void doesNotReadMoreThanACheckIsWorth() {
        List<FieldBinlog> logs = List.of(new FieldBinlog(0, List.of(new Binlog("d/1", 1L << 40, 1))));
        SegmentInfo segment = new SegmentInfo(1, 2, 3, 10, List.of(), logs, 0, 0, false, null, 0);

        DeleteCount count = DeleteCount.read(store, new VaultLayout("", "b"), List.of(segment));

        assertThat(count.known()).isFalse();
        assertThat(count.unknownBecause()).contains("1048576 MiB");
    }

    private static List<SegmentInfo> segments(String sample) {
        return Samples.full(sample).collections().stream()
                .flatMap(collection -> collection.partitions().stream())
                .flatMap(partition -> partition.segments().stream())
                .toList();
    }
}
