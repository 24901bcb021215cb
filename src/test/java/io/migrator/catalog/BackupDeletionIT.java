package io.migrator.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.catalog.BackupSummary.State;
import io.migrator.config.StorageConfig.Side;
import io.migrator.format.Samples;
import io.migrator.lab.MinioServer;
import io.migrator.lab.S3Lab;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupDeletionIT {
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

    @Test
    void deletesOneBackupAndNothingBesideIt() throws Exception {
        SampleVault vault = new SampleVault(store, "beside");
        Catalog catalog = new Catalog(store, "beside");
        vault.putSample(Samples.V0_5, "b");
        vault.putSample(Samples.V0_5, "b_2");
        vault.put("beside/b2.txt", "not ours");
        int before = vault.objects("beside/b_2/").size();

        assertThat(catalog.delete("b")).isEqualTo(before);

        assertThat(vault.objects("beside/b/")).isEmpty();
        assertThat(vault.objects("beside/b_2/")).hasSize(before);
        assertThat(vault.objects("beside/")).hasSize(before + 1);
    }

    @Test
    void deletesMoreThanOneBatchInAWholeBucketVault() {
        SampleVault vault = new SampleVault(store, "");
        IntStream.range(0, 2100).parallel().forEach(i -> vault.put("many/binlogs/insert_log/1/2/3/3/0/" + i, "x"));

        Catalog catalog = new Catalog(store, "");
        assertThat(catalog.list()).extracting(BackupSummary::name).containsExactly("many");

        assertThat(catalog.delete("many")).isEqualTo(2100);

        assertThat(vault.objects("many/")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void neverLeavesABackupThatLooksCompleteWhereverItIsKilled(boolean marked) throws Exception {
        String root = "killed-" + marked;
        SampleVault vault = new SampleVault(store, root);
        Catalog catalog = new Catalog(store, root);
        vault.putSample(Samples.V0_5, "b");
        if (marked) {
            vault.putMarker("b");
        }
        for (int survived = 1; survived < 4; survived++) {
            Catalog dying = new Catalog(failingAfter(1), root);

            assertThatThrownBy(() -> dying.delete("b")).hasMessage("killed");

            assertThat(catalog.list())
                    .as("after %d delete requests", survived)
                    .singleElement()
                    .returns(State.INCOMPLETE, BackupSummary::state);
        }
        assertThat(catalog.delete("b")).isPositive();
        assertThat(catalog.list()).isEmpty();
        assertThat(vault.objects(root + "/")).isEmpty();
    }

    /** Of what was deleted such a bucket keeps versions, and a server lists their directories. */
    @Test
    void leavesNothingThatIsListedInABucketThatKeepsVersions() throws Exception {
        Assumptions.assumeTrue(MinioServer.available(), MinioServer::unavailableBecause);
        server.createVersionedBucket("versioned");
        try (ObjectStore versioned = Stores.open(server.storage(Side.VAULT, "versioned", "v"))) {
            SampleVault vault = new SampleVault(versioned, "v");
            Catalog catalog = new Catalog(versioned, "v");
            vault.putSample(Samples.V0_5, "b");
            vault.putRunRecord("b", Samples.full(Samples.V0_5));
            vault.put("v/other/meta/backup_meta.json", "{}");

            assertThat(catalog.delete("b")).isPositive();

            assertThat(catalog.list()).extracting(BackupSummary::name).containsExactly("other");
            assertThat(catalog.exists("b")).isFalse();
            assertThatThrownBy(() -> catalog.read("b"))
                    .hasMessageContaining("there is no such backup")
                    .hasMessageNotContaining("mean 'b'");
        }
    }

    /** The real store, but the process dies right before a later delete request. */
    private static ObjectStore failingAfter(int deletes) {
        AtomicInteger left = new AtomicInteger(deletes);
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("delete") && left.getAndDecrement() == 0) {
                        throw new IllegalStateException("killed");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
