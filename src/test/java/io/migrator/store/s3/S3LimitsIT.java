package io.migrator.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.lab.S3Lab;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.UnfinishedUpload;
import io.migrator.store.connect.Stores;
import io.migrator.store.driver.Deadlines;
import io.migrator.store.driver.Retry;
import io.migrator.transfer.CopyEngine;
import io.migrator.transfer.CopyRequest;
import io.migrator.transfer.CopyResult;
import io.migrator.transfer.Transfer;
import io.minio.Http;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names, numbers and leftovers at the edge of what S3 allows, on a real server. */
final class S3LimitsIT {
    /** S3 allows 1,024 bytes; servers on file systems want each part of a path below 256. */
    private static final String LONGEST = ("ü".repeat(100) + "/").repeat(5) + "x".repeat(19);

    private static final List<String> KEYS = List.of(
            "a b",
            " a",
            "a+b",
            "a%20b",
            "a%2Fb",
            "100%",
            "ü/日本/🙂",
            "e\u0301",
            "x=y&z?q#f",
            "~(1)!*'",
            "a,b;c:d@e$",
            "[a]{b}|^`<>\"",
            ".hidden",
            LONGEST);

    @TempDir
    private static Path dir;

    private static S3Lab lab;
    private static int buckets;

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
        source = Stores.open(newBucket(Side.MILVUS));
        target = Stores.open(newBucket(Side.VAULT));
    }

    @AfterEach
    void closeBuckets() {
        source.close();
        target.close();
    }

    private static StorageConfig newBucket(Side side) {
        String bucket = "bucket-" + ++buckets;
        lab.createBucket(bucket);
        return lab.storage(side, bucket, "");
    }

    @ParameterizedTest
    @EnumSource(
            value = Transfer.class,
            names = {"SERVER", "STREAM"})
    void copiesUnderAnyKeyAlsoNothing(Transfer transfer) {
        assertThat(LONGEST.getBytes(UTF_8)).hasSize(1024);
        List<CopyRequest> requests = Stream.concat(
                        KEYS.stream().map(key -> source.write(key, key.getBytes(UTF_8))),
                        Stream.of(source.write("nothing", new byte[0])))
                .map(object -> new CopyRequest(object, object.key()))
                .toList();

        assertThat(CopyEngine.between(source, target, transfer, 8).copy(requests, () -> false))
                .extracting(CopyResult::outcome)
                .containsOnly(CopyResult.Outcome.COPIED);

        assertThat(target.list("").map(StoredObject::key))
                .containsExactlyElementsOf(Stream.concat(KEYS.stream(), Stream.of("nothing"))
                        .sorted((one, other) -> Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8)))
                        .toList());
        for (String key : KEYS) {
            assertThat(target.read(key, 2000)).as(key).asString(UTF_8).isEqualTo(key);
        }
        assertThat(target.read("nothing", 1)).isEmpty();
        target.delete(KEYS);
        assertThat(target.list("").map(StoredObject::key)).containsExactly("nothing");
    }

    @Test
    void listsAndDeletesMoreThanTwoPages() {
        List<String> keys = IntStream.range(0, 2_050)
                .mapToObj(i -> "many/%04d".formatted(i))
                .toList();
        StoredObject one = source.write("one", new byte[1]);
        List<CopyRequest> requests =
                keys.stream().map(key -> new CopyRequest(one, key)).toList();
        CopyEngine.between(source, target, Transfer.SERVER, 32).copy(requests, () -> false);

        assertThat(target.list("many/").map(StoredObject::key)).containsExactlyElementsOf(keys);
        target.delete(keys);
        assertThat(target.list("")).isEmpty();
    }

    @Test
    void findsUploadsThatWereNeverEnded() {
        S3Calls calls = new S3Calls(new S3Failures(target.config()), Retry.BRIEF);
        S3Client client = new S3Client(target.config(), Deadlines.usual());
        String bucket = target.config().bucketName();
        MultipartUploads uploads = new MultipartUploads(client, calls, new WantedEncryption(target.config()), bucket);
        String key = "backup/b/left behind+";
        Instant before = Instant.now().minus(Duration.ofMinutes(1));
        String first = uploads.begin(Operation.write(bucket, key), key, new Http.Headers())
                .join();
        String second = uploads.begin(Operation.write(bucket, key), key, new Http.Headers())
                .join();

        List<UnfinishedUpload> found = target.unfinishedUploads(key).toList();

        assertThat(found).extracting(UnfinishedUpload::id).containsExactlyInAnyOrder(first, second);
        assertThat(found).allSatisfy(upload -> {
            assertThat(upload.key()).isEqualTo(key);
            assertThat(upload.begun()).isAfter(before);
        });
        assertThat(target.unfinishedUploads("other/")).isEmpty();
        assertThat(target.list("")).isEmpty();
        client.close();
    }
}
