package io.migrator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig.Side;
import io.migrator.lab.AzuriteServer;
import io.migrator.lab.FakeGcsServer;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.S3Lab;
import io.migrator.lab.StoreLab;
import io.migrator.store.connect.Stores;
import io.migrator.transfer.CopyEngine;
import io.migrator.transfer.CopyRequest;
import io.migrator.transfer.CopyResult;
import io.migrator.transfer.CopyResult.Outcome;
import io.migrator.transfer.Transfer;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies between stores of unlike kinds. */
final class UnlikeStoresIT {
    @TempDir
    private static Path dir;

    private static S3Lab s3;
    private static StoreLab local;

    @BeforeAll
    static void start() {
        s3 = S3Lab.lease(dir);
        local = new LocalFolders(dir);
    }

    @AfterAll
    static void stop() {
        if (s3 != null) {
            s3.close();
        }
    }

    private static void copies(StoreLab from, StoreLab to, String name, String transfer) {
        from.createBucket(name + "-a");
        to.createBucket(name + "-b");
        try (ObjectStore source = Stores.open(from.storage(Side.MILVUS, name + "-a", ""));
                ObjectStore target = Stores.open(to.storage(Side.VAULT, name + "-b", ""))) {
            List<StoredObject> objects = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                objects.add(source.write("insert_log/" + i % 7 + "/" + i, ("content of " + i).getBytes(UTF_8)));
            }
            objects.add(source.write("large", new ByteArrayInputStream(new byte[20 << 20]), 20 << 20));
            objects.add(source.write("empty", new byte[0]));
            List<CopyRequest> requests = objects.stream()
                    .map(object -> new CopyRequest(object, "backup/" + object.key()))
                    .toList();
            source.delete(List.of(objects.get(3).key()));
            CopyEngine engine = CopyEngine.between(source, target, Transfer.AUTO, 16);
            List<CopyResult> results = engine.copy(requests, () -> false);
            assertThat(engine.transfer()).isEqualTo(transfer);
            assertThat(results.get(3).outcome()).isEqualTo(Outcome.VANISHED);
            assertThat(results)
                    .filteredOn(result -> result.outcome() == Outcome.COPIED)
                    .extracting(
                            result -> Objects.requireNonNull(result.target()).withChecksum(null))
                    .hasSize(41)
                    .containsExactlyInAnyOrderElementsOf(target.list("backup/")
                            .map(object -> object.withChecksum(null))
                            .toList());
            assertThat(target.read("backup/insert_log/5/12", 100))
                    .asString(UTF_8)
                    .isEqualTo("content of 12");
            assertThat(target.read("backup/large", 20 << 20)).isEqualTo(new byte[20 << 20]);
        }
    }

    @Test
    void copiesBetweenFoldersInTheKernel() {
        copies(local, local, "folders", "server-side");
    }

    @Test
    void streamsFromAFolderToS3() {
        copies(local, s3, "to-s3", "streaming");
    }

    @Test
    void streamsFromS3ToAFolder() {
        copies(s3, local, "to-local", "streaming");
    }

    @Test
    void streamsBetweenS3AndAzure() {
        Assumptions.assumeTrue(AzuriteServer.available(), AzuriteServer::unavailableBecause);
        try (StoreLab azure = AzuriteServer.start(dir)) {
            copies(s3, azure, "s3-azure", "streaming");
            copies(azure, s3, "azure-s3", "streaming");
            copies(azure, azure, "azure-azure", "server-side");
        }
    }

    @Test
    void streamsBetweenGoogleAndOthers() {
        Assumptions.assumeTrue(FakeGcsServer.available(), FakeGcsServer::unavailableBecause);
        try (StoreLab google = FakeGcsServer.start(dir)) {
            copies(s3, google, "s3-gcs", "streaming");
            copies(google, s3, "gcs-s3", "streaming");
            copies(google, local, "gcs-local", "streaming");
            copies(google, google, "gcs-gcs", "server-side");
        }
    }

    @Test
    void equalObjectsOfUnlikeStoresHaveEqualTags() {
        Assumptions.assumeTrue(AzuriteServer.available(), AzuriteServer::unavailableBecause);
        s3.createBucket("tags");
        try (StoreLab azure = AzuriteServer.start(dir)) {
            azure.createBucket("tags");
            try (ObjectStore source = Stores.open(s3.storage(Side.MILVUS, "tags", ""));
                    ObjectStore target = Stores.open(azure.storage(Side.VAULT, "tags", ""))) {
                StoredObject object = source.write("a", "content".getBytes(UTF_8));
                CopyEngine.between(source, target, Transfer.AUTO, 1)
                        .copy(List.of(new CopyRequest(object, "a")), () -> false);
                assertThat(target.find("a")).contains(object);
            }
        }
    }

    @Test
    void aCopyBetweenFoldersKeepsTheTagByWhichARestartKnowsIt() {
        local.createBucket("tag");
        try (ObjectStore store = Stores.open(local.storage(Side.MILVUS, "tag", ""))) {
            StoredObject source = store.write("a", "x".getBytes(UTF_8));
            StoredObject copy = store.copyFrom(store.config(), source, "b").join();
            assertThat(copy.etag()).isEqualTo(source.etag());
            assertThat(StoredObject.lastingEtag(copy.etag())).isEmpty();
        }
    }
}
