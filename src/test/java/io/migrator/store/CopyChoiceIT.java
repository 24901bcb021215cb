package io.migrator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.lab.AzuriteServer;
import io.migrator.lab.FakeGcsServer;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.MinioServer;
import io.migrator.lab.S3Lab;
import io.migrator.lab.S3StandIn;
import io.migrator.lab.StoreLab;
import io.migrator.store.connect.Stores;
import io.migrator.store.throttle.Throttle;
import io.migrator.transfer.CopyEngine;
import io.migrator.transfer.CopyRequest;
import io.migrator.transfer.CopyResult;
import io.migrator.transfer.CopyResult.Outcome;
import io.migrator.transfer.Transfer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between which stores the server copies, and what is said of it. */
final class CopyChoiceIT {
    private static final String INSIDE = "objects are copied inside the server: it did so with the first one";
    private static final String THROUGH = through(5);

    /** What is read or written in blocks of another kind of store is held on the heap, and longer. */
    private static final String IN_BLOCKS = through(12);

    @TempDir
    private static Path dir;

    private static S3Lab s3;
    private static StoreLab local;

    private final List<String> notes = new CopyOnWriteArrayList<>();

    private static String through(int mib) {
        return "objects go through this process, up to 4 at once with %d MiB of memory each: ".formatted(mib);
    }

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

    private CopyEngine engine(ObjectStore source, ObjectStore target, Transfer transfer) {
        return CopyEngine.between(source, target, transfer, 4, Throttle.NONE, notes::add);
    }

    /** Copies some objects, of which the tags are not told as a restore does not know them, and gives the one line said. */
    private String chosen(ObjectStore source, ObjectStore target, Transfer transfer) {
        notes.clear();
        List<CopyRequest> requests = IntStream.range(0, 5)
                .mapToObj(i -> source.write("files/" + i, ("content of " + i).getBytes(UTF_8)))
                .map(object ->
                        new CopyRequest(new StoredObject(object.key(), object.size(), ""), "copy/" + object.key()))
                .toList();
        List<CopyResult> results = engine(source, target, transfer).copy(requests, () -> false);
        assertThat(results).extracting(CopyResult::outcome).containsOnly(Outcome.COPIED);
        for (int i = 0; i < requests.size(); i++) {
            assertThat(target.read("copy/files/" + i, 100)).asString(UTF_8).isEqualTo("content of " + i);
        }
        assertThat(notes).hasSize(1);
        return notes.get(0);
    }

    private static ObjectStore open(StoreLab lab, Side side, String bucket) {
        lab.createBucket(bucket);
        return Stores.open(lab.storage(side, bucket, ""));
    }

    private String chosen(StoreLab from, StoreLab to, String bucket, Transfer transfer) {
        try (ObjectStore source = open(from, Side.MILVUS, bucket + "-a");
                ObjectStore target = open(to, Side.VAULT, bucket + "-b")) {
            return chosen(source, target, transfer);
        }
    }

    @Test
    void obeysTheParameter() {
        assertThat(chosen(s3, s3, "s3-s3", Transfer.STREAM)).isEqualTo(THROUGH + "transfer=stream");
        assertThat(chosen(s3, s3, "s3-s3", Transfer.SERVER))
                .isEqualTo("objects are copied inside the server: transfer=server");
        assertThatThrownBy(() -> chosen(s3, local, "s3-local", Transfer.SERVER))
                .satisfies(Faults.are(Failure.UNSUPPORTED))
                .hasMessageContaining("minio and local are stores of unlike kinds");
    }

    @Test
    void copiesInsideOneServerHoweverItIsCalled() {
        assertThat(chosen(s3, s3, "inside", Transfer.AUTO)).isEqualTo(INSIDE);
        assertThat(chosen(local, local, "folders", Transfer.AUTO)).isEqualTo(INSIDE);
        try (ObjectStore source = open(s3, Side.MILVUS, "other-name");
                ObjectStore target =
                        Stores.open(Configs.withAddress(s3.storage(Side.VAULT, "other-name", ""), "localhost"))) {
            assertThat(source.config().sameServer(target.config())).isFalse();
            assertThat(chosen(source, target, Transfer.AUTO)).isEqualTo(INSIDE);
        }
    }

    @Test
    void streamsWhereTheKeysOfTheTargetCannotReadTheSource() {
        try (ObjectStore source = open(s3, Side.MILVUS, "not-readable");
                ObjectStore wide = open(s3, Side.VAULT, "narrow");
                ObjectStore target = Stores.open(SessionKeys.forBucketOnly(s3, wide.config()))) {
            assertThat(chosen(source, target, Transfer.AUTO))
                    .startsWith(THROUGH + "access denied, the access key lacks");
        }
    }

    @Test
    void streamsToAnotherServerAlsoWhereThatHasAnObjectOfTheSameName() throws IOException {
        try (S3Lab other =
                MinioServer.start(Files.createDirectories(dir.resolve("other")), "otheradmin", "othersecret")) {
            assertThat(chosen(s3, other, "elsewhere", Transfer.AUTO))
                    .startsWith(THROUGH + "bucket 'elsewhere-a' or bucket 'elsewhere-b' does not exist");
            try (ObjectStore source = open(s3, Side.MILVUS, "twin");
                    ObjectStore twin = open(other, Side.MILVUS, "twin");
                    ObjectStore target = open(other, Side.VAULT, "vault")) {
                twin.write("files/0", "CONTENT OF 0".getBytes(UTF_8));
                assertThat(chosen(source, target, Transfer.AUTO))
                        .startsWith(THROUGH)
                        .contains("PreconditionFailed");
            }
        }
    }

    @Test
    void takesNothingOfAnotherServerForWhatIsGoneOrReplaced() throws IOException {
        try (S3Lab other = MinioServer.start(
                        Files.createDirectories(dir.resolve("stranger")), "otheradmin", "othersecret");
                ObjectStore source = open(s3, Side.MILVUS, "lost");
                ObjectStore twin = open(other, Side.MILVUS, "lost");
                ObjectStore target = open(other, Side.VAULT, "vault")) {
            twin.write("gone", "abc".getBytes(UTF_8));
            twin.write("replaced", "abc".getBytes(UTF_8));
            source.write("replaced", "another".getBytes(UTF_8));
            List<CopyRequest> requests = List.of(
                    new CopyRequest(new StoredObject("gone", 3, ""), "gone"),
                    new CopyRequest(new StoredObject("replaced", 3, ""), "replaced"));
            assertThat(engine(source, target, Transfer.AUTO).copy(requests, () -> false))
                    .extracting(CopyResult::outcome)
                    .containsOnly(Outcome.VANISHED);
            assertThat(target.list("")).isEmpty();
            assertThat(notes).as("nothing is chosen by it").isEmpty();
        }
    }

    @Test
    void choosesForAzure() {
        Assumptions.assumeTrue(AzuriteServer.available(), AzuriteServer::unavailableBecause);
        try (StoreLab azure = AzuriteServer.start(dir)) {
            assertThat(chosen(azure, azure, "azure", Transfer.AUTO)).isEqualTo(INSIDE);
            assertThat(chosen(s3, azure, "s3-azure", Transfer.AUTO))
                    .isEqualTo(IN_BLOCKS + "minio and azure are stores of unlike kinds");
        }
    }

    @Test
    void choosesForGoogle() {
        Assumptions.assumeTrue(FakeGcsServer.available(), FakeGcsServer::unavailableBecause);
        try (StoreLab google = FakeGcsServer.start(dir)) {
            assertThat(chosen(google, google, "google", Transfer.AUTO)).isEqualTo(INSIDE);
            assertThat(chosen(google, local, "google-local", Transfer.AUTO))
                    .isEqualTo(IN_BLOCKS + "gcpnative and local are stores of unlike kinds");
        }
    }

    @Test
    void streamsWhatTheServerRefusesLaterAndCountsIt() {
        try (S3StandIn server = new S3StandIn(1000);
                ObjectStore source = Stores.open(server.storage(Side.MILVUS, "source", ""));
                ObjectStore target = Stores.open(server.storage(Side.VAULT, "target", ""))) {
            server.failOn(write -> write.bytes() == 0 && write.path().contains("locked"));
            List<CopyRequest> requests = IntStream.range(0, 20)
                    .mapToObj(i -> (i % 4 == 3 ? "locked-" : "free-") + i)
                    .map(key -> new CopyRequest(new StoredObject(key, 1000, ""), key))
                    .toList();
            CopyEngine engine = engine(source, target, Transfer.AUTO);

            assertThat(engine.copy(requests, () -> false))
                    .extracting(CopyResult::outcome)
                    .containsOnly(Outcome.COPIED);

            assertThat(engine.transfer()).isEqualTo("server-side");
            assertThat(server.writes())
                    .hasSize(20)
                    .filteredOn(write -> write.bytes() == 1000)
                    .hasSize(5);
            assertThat(engine.streamedAfterRefusal().values()).containsExactly(5L);
            assertThat(notes).hasSize(2).first().isEqualTo(INSIDE);
            assertThat(notes.get(1))
                    .startsWith(
                            "an object goes through this process, because the server did not copy it: access denied");
        }
    }
}
