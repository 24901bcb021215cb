package io.migrator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.lab.MinioServer;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bucket of a real MinIO that locks whatever is written. */
final class LockedVaultIT {
    @TempDir
    private static Path dir;

    private static MinioServer lab;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(MinioServer.available(), MinioServer::unavailableBecause);
        lab = MinioServer.start(dir);
        lab.createVersionedBucket("locked");
        lab.configureBucket(
                "locked",
                "object-lock",
                "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention>"
                        + "<Mode>GOVERNANCE</Mode><Days>1</Days></DefaultRetention></Rule></ObjectLockConfiguration>");
        lab.configureBucket(
                "locked",
                "lifecycle",
                "<LifecycleConfiguration><Rule><ID>all</ID><Status>Enabled</Status><Filter><Prefix></Prefix></Filter>"
                        + "<Expiration><Days>30</Days></Expiration></Rule></LifecycleConfiguration>");
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    private static int run(CliRun run, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        for (String set : List.of(
                "minio.address=127.0.0.1",
                "minio.port=" + lab.port(),
                "minio.bucketName=locked",
                "minio.backupRootPath=backup",
                "milvus.address=127.0.0.1",
                "milvus.port=9")) {
            all.add("--set=" + set);
        }
        return run.run(dir, Map.of(), (request, progress) -> null, all.toArray(String[]::new));
    }

    @Test
    void checkTellsWhatItMeans() {
        CliRun run = new CliRun();
        run(run, "check");
        assertThat(run.text().lines().filter(line -> line.contains("settings of vault")))
                .anySatisfy(line -> assertThat(line)
                        .contains("WARN")
                        .contains("every version of an object is locked for 1 day (GOVERNANCE)"))
                .anySatisfy(line -> assertThat(line).contains("WARN").contains("no lifecycle rule removes old ones"))
                .anySatisfy(line -> assertThat(line)
                        .contains("WARN")
                        .contains("rule 'all' for the whole bucket deletes objects after 30 days"));
    }

    /** In a bucket where only what is written with a lock has one. */
    @Test
    void deleteLeavesABackupAloneOfWhichOneObjectIsHeld() {
        lab.createVersionedBucket("held");
        VaultLayout layout = new VaultLayout("backup", "nightly");
        try (ObjectStore store = Stores.open(lab.storage(Side.VAULT, "held", "backup"))) {
            for (MetaFile file : MetaFile.values()) {
                store.write(layout.meta(file), "{}".getBytes(UTF_8));
            }
            String log = layout.backupDir() + "binlogs/insert_log/1/2/3/4/5/";
            store.write(log + "6", new byte[1]);
            store.write(log + "7", new byte[1]);
            lab.hold("held", log + "7");
            List<StoredObject> before = store.list("backup/nightly/").toList();

            CliRun run = new CliRun();
            int code = run(run, "delete", "-n", "nightly", "--set=minio.backupBucketName=held");

            assertThat(code).as(run.errorText()).isEqualTo(14);
            assertThat(run.errorText()).contains(log + "7 is under a legal hold");
            assertThat(store.list("backup/nightly/")).containsExactlyElementsOf(before);
        }
    }

    @Test
    void deleteTouchesNothingBeforeTheTime() {
        StorageConfig config = lab.storage(Side.VAULT, "locked", "backup");
        VaultLayout layout = new VaultLayout("backup", "nightly");
        try (ObjectStore store = Stores.open(config)) {
            for (MetaFile file : MetaFile.values()) {
                store.write(layout.meta(file), "{}".getBytes(UTF_8));
            }
            List<StoredObject> before = store.list("backup/nightly/").toList();

            CliRun run = new CliRun();
            int code = run(run, "delete", "-n", "nightly");

            assertThat(code).as(run.errorText()).isEqualTo(14);
            assertThat(run.errorText()).contains("is locked until").contains("(GOVERNANCE)");
            assertThat(store.list("backup/nightly/")).containsExactlyElementsOf(before);
        }
    }
}
