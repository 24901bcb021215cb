package io.migrator.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.lab.MinioServer;
import io.migrator.lab.S3Lab;
import io.migrator.store.Configs;
import io.migrator.store.Faults;
import io.migrator.store.ObjectStore;
import io.migrator.store.SessionKeys;
import io.migrator.store.StoredObject;
import io.migrator.store.connect.Stores;
import io.migrator.transfer.CopyResult.Outcome;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CopyEngineIT {
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    @TempDir
    private static Path dir;

    private static S3Lab lab;

    private ObjectStore source;
    private ObjectStore target;

    @BeforeAll
    static void startServer() {
        lab = S3Lab.lease(dir);
    }

    @AfterAll
    static void stopServer() {
        if (lab != null) {
            lab.close();
        }
    }

    @BeforeEach
    void openBuckets() {
        source = Stores.open(lab.storage(Side.MILVUS, newBucket("bucket-a-"), "files"));
        target = Stores.open(lab.storage(Side.VAULT, newBucket("bucket-v-"), "backup"));
    }

    @AfterEach
    void closeBuckets() {
        source.close();
        target.close();
    }

    private static String newBucket(String prefix) {
        String bucket = prefix + BUCKETS.incrementAndGet();
        lab.createBucket(bucket);
        return bucket;
    }

    private static StoredObject bare(@Nullable StoredObject object) {
        return Objects.requireNonNull(object).withChecksum(null);
    }

    private static List<StoredObject> fill(ObjectStore store, int count) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> store.write("files/insert_log/" + i, ("content of " + i).getBytes(UTF_8)))
                .toList();
    }

    private static List<CopyRequest> requests(List<StoredObject> objects) {
        return objects.stream()
                .map(object -> new CopyRequest(object, "backup/" + object.key()))
                .toList();
    }

    @Test
    void copiesAllInTheOrderOfTheRequests() {
        List<CopyRequest> requests = requests(fill(source, 500));
        CopyEngine engine = CopyEngine.between(source, target, Transfer.AUTO, 32);
        List<CopyResult> results = engine.copy(requests, () -> false);
        assertThat(engine.transfer()).isEqualTo("server-side");
        assertThat(results).extracting(CopyResult::request).containsExactlyElementsOf(requests);
        assertThat(results)
                .extracting(result -> bare(result.target()))
                .containsExactlyInAnyOrderElementsOf(
                        target.list("").map(CopyEngineIT::bare).toList());
        assertThat(results).allSatisfy(result -> {
            assertThat(result.outcome()).isEqualTo(Outcome.COPIED);
            assertThat(bare(result.target()))
                    .isEqualTo(new StoredObject(
                            result.request().targetKey(),
                            result.request().source().size(),
                            result.request().source().etag()));
        });
    }

    @Test
    void servesSeveralCallersAtOnce() {
        List<CopyRequest> requests = requests(fill(source, 200));
        CopyEngine engine = CopyEngine.between(source, target, Transfer.AUTO, 4);
        List<CompletableFuture<List<CopyResult>>> callers = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> engine.copy(requests.subList(i * 50, i * 50 + 50), () -> false), Faults.THREADS))
                .toList();
        assertThat(callers).allSatisfy(caller -> assertThat(caller.join())
                .hasSize(50)
                .extracting(CopyResult::outcome)
                .containsOnly(Outcome.COPIED));
        assertThat(target.list("")).hasSize(200);
    }

    @Test
    void reportsSourcesThatVanished() {
        for (Transfer transfer : Transfer.values()) {
            List<StoredObject> objects = fill(source, 20);
            source.delete(List.of(objects.get(0).key(), objects.get(7).key()));
            List<CopyResult> results =
                    CopyEngine.between(source, target, transfer, 8).copy(requests(objects), () -> false);
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).outcome())
                        .as("%s %d", transfer, i)
                        .isEqualTo(i == 0 || i == 7 ? Outcome.VANISHED : Outcome.COPIED);
            }
            assertThat(target.list("")).hasSize(18);
        }
    }

    @Test
    void beginsNothingAfterAStop() {
        List<CopyRequest> requests = requests(fill(source, 60));
        AtomicInteger asked = new AtomicInteger();
        List<CopyResult> results =
                CopyEngine.between(source, target, Transfer.AUTO, 8).copy(requests, () -> asked.incrementAndGet() > 25);
        assertThat(results.subList(0, 25)).extracting(CopyResult::outcome).containsOnly(Outcome.COPIED);
        assertThat(results.subList(25, 60)).extracting(CopyResult::outcome).containsOnly(Outcome.NOT_STARTED);
        assertThat(target.list("")).hasSize(25);
    }

    @Test
    void endsAfterAnInterruptWithWhatIsInFlight() {
        List<CopyRequest> requests = requests(fill(source, 60));
        AtomicInteger asked = new AtomicInteger();
        CopyEngine engine = CopyEngine.between(source, target, Transfer.AUTO, 8);
        List<CopyResult> results = engine.copy(requests, () -> {
            if (asked.incrementAndGet() == 20) {
                Thread.currentThread().interrupt();
            }
            return false;
        });
        assertThat(Thread.interrupted()).isTrue();
        long copied = results.stream()
                .filter(result -> result.outcome() == Outcome.COPIED)
                .count();
        assertThat(copied).isEqualTo(19);
        assertThat(target.list("")).hasSize(19);
    }

    @Test
    void failsForAMissingBucket() {
        List<CopyRequest> requests = requests(fill(source, 20));
        for (Transfer transfer : Transfer.values()) {
            try (ObjectStore missing = Stores.open(lab.storage(Side.VAULT, "no-such-vault", ""))) {
                CopyEngine engine = CopyEngine.between(source, missing, transfer, 8);
                assertThatThrownBy(() -> engine.copy(requests, () -> false))
                        .as(transfer.name())
                        .satisfies(Faults.are(Failure.NOT_FOUND))
                        .hasMessageContaining("no-such-vault")
                        .hasMessageContaining("minio.backupBucketName");
            }
            try (ObjectStore missing = Stores.open(lab.storage(Side.MILVUS, "no-such-source", ""))) {
                CopyEngine engine = CopyEngine.between(missing, target, transfer, 8);
                assertThatThrownBy(() -> engine.copy(requests, () -> false))
                        .as(transfer.name())
                        .satisfies(Faults.are(Failure.NOT_FOUND))
                        .hasMessageContaining("no-such-source")
                        .hasMessageContaining("minio.bucketName");
            }
        }
    }

    @Test
    void failsForWrongKeys() {
        List<CopyRequest> requests = requests(fill(source, 5));
        try (ObjectStore wrong = Stores.open(Configs.withKeys(target.config(), lab.accessKey(), "guessed-wrong"))) {
            CopyEngine engine = CopyEngine.between(source, wrong, Transfer.AUTO, 8);
            assertThatThrownBy(() -> engine.copy(requests, () -> false))
                    .satisfies(Faults.are(Failure.DENIED))
                    .hasMessageContaining("minio.backupSecretAccessKey");
        }
        assertThat(target.list("")).isEmpty();
    }

    @Test
    void streamsWhereTheTargetsKeysCannotReadTheSource() {
        List<CopyRequest> requests = requests(fill(source, 50));
        try (ObjectStore narrow = Stores.open(SessionKeys.forBucketOnly(lab, target.config()))) {
            CopyEngine engine = CopyEngine.between(source, narrow, Transfer.AUTO, 8);
            assertThat(engine.copy(requests, () -> false))
                    .extracting(CopyResult::outcome)
                    .containsOnly(Outcome.COPIED);
            assertThat(engine.transfer()).isEqualTo("streaming");
            assertThat(narrow.list("")).hasSize(50);

            CopyEngine forced = CopyEngine.between(source, narrow, Transfer.SERVER, 8);
            assertThatThrownBy(() -> forced.copy(requests, () -> false))
                    .satisfies(Faults.are(Failure.DENIED))
                    .hasMessageContaining("s3:GetObject on " + source.config().bucketName());
        }
    }

    @Test
    void streamsBetweenServersWithOtherKeys() throws Exception {
        byte[] large = new byte[(20 << 20) + 1];
        Arrays.fill(large, (byte) 7);
        List<StoredObject> objects = fill(source, 50);
        StoredObject largeObject = source.write("files/large", new ByteArrayInputStream(large), large.length);
        try (S3Lab other =
                MinioServer.start(Files.createDirectories(dir.resolve("other")), "otheradmin", "othersecret")) {
            other.createBucket("vault");
            try (ObjectStore vault = Stores.open(other.storage(Side.VAULT, "vault", ""))) {
                CopyEngine engine = CopyEngine.between(source, vault, Transfer.AUTO, 128);
                List<CopyResult> results = engine.copy(requests(objects), () -> false);
                assertThat(engine.transfer()).isEqualTo("streaming");
                assertThat(results).extracting(CopyResult::outcome).containsOnly(Outcome.COPIED);
                assertThat(results)
                        .extracting(result -> bare(result.target()))
                        .containsExactlyInAnyOrderElementsOf(
                                vault.list("").map(CopyEngineIT::bare).toList());
                engine.copy(List.of(new CopyRequest(largeObject, "large")), () -> false);
                assertThat(Arrays.equals(vault.read("large", large.length), large))
                        .isTrue();
            }
        }
    }
}
