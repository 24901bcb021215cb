package io.migrator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.StoreLab;
import io.migrator.store.connect.Stores;
import io.migrator.store.driver.CopyThreads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every store must do, run against real servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ObjectStoreContract {
    /** More than a page of every store; {@code -Dmigrator.listed.keys=10001} makes it more than ten of S3. */
    static final int LISTED = Integer.getInteger("migrator.listed.keys", 1100);

    private static final int WRITERS = 16;
    private static final List<String> ODD_KEYS =
            List.of("odd/a b", "odd/a+b", "odd/a%20b", "odd/ü/日本", "odd/x=y&z", "odd/~(1)", "odd/a,b;c'd");

    private StoreLab lab;
    private ObjectStore store;
    private int buckets;

    abstract StoreLab server();

    @BeforeEach
    final void openBucket() {
        if (lab == null) {
            lab = server();
        }
        store = open(newBucket());
    }

    @AfterEach
    final void closeBucket() {
        if (store != null) {
            store.close();
        }
    }

    @AfterAll
    final void stopServer() {
        if (lab != null) {
            lab.close();
        }
    }

    final String newBucket() {
        String bucket = "bucket-" + ++buckets;
        lab.createBucket(bucket);
        return bucket;
    }

    final StoreLab lab() {
        return lab;
    }

    final ObjectStore store() {
        return store;
    }

    private ObjectStore open(String bucket) {
        return Stores.open(Configs.withThreshold(lab.storage(Side.VAULT, bucket, "backup"), 5));
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        StoredObject written = store.write("a/b", "first".getBytes(UTF_8));
        assertThat(written.size()).isEqualTo(5);
        assertThat(written.etag()).isNotEmpty().doesNotContain("\"");
        assertThat(store.find("a/b")).contains(written);
        assertThat(store.read("a/b", 5)).asString(UTF_8).isEqualTo("first");
        try (InputStream content = store.open("a/b")) {
            assertThat(content.readAllBytes()).asString(UTF_8).isEqualTo("first");
        }
        store.write("a/b", "second".getBytes(UTF_8));
        assertThat(store.read("a/b", 100)).asString(UTF_8).isEqualTo("second");
    }

    @Test
    void keepsEmptyObjects() {
        store.write("empty", new byte[0]);
        store.write("emptyStream", InputStream.nullInputStream(), -1);
        assertThat(List.of(store.read("empty", 10).length, store.read("emptyStream", 10).length))
                .containsOnly(0);
        assertThat(store.list("")).extracting(StoredObject::size).containsExactly(0L, 0L);
    }

    @Test
    void refusesToReadMoreThanTheLimit() {
        store.write("large", new byte[11]);
        assertThatThrownBy(() -> store.read("large", 10))
                .hasMessageContaining("larger than the 10 bytes")
                .extracting(e -> ((MigratorException) e).failure())
                .isEqualTo(Failure.CORRUPT);
    }

    @Test
    void tellsMissingObjects() {
        assertThat(store.find("nothing")).isEmpty();
        assertThatThrownBy(() -> store.read("nothing", 10)).satisfies(Faults.are(Failure.NOT_FOUND));
        assertThatThrownBy(() -> store.open("nothing"))
                .satisfies(Faults.are(Failure.NOT_FOUND))
                .hasMessageContaining("unable to read '" + store.config().bucketName() + "/nothing'");
    }

    @Test
    void writesStreamsOfKnownAndUnknownSizeInParts() {
        byte[] content = random(20 << 20);
        store.write("known", new ByteArrayInputStream(content), content.length);
        store.write("unknown", new ByteArrayInputStream(content), -1);
        assertThat(Arrays.equals(store.read("known", content.length), content)).isTrue();
        assertThat(Arrays.equals(store.read("unknown", content.length), content))
                .isTrue();
    }

    @Test
    void refusesAStreamOfAnotherSizeThanAnnounced() {
        byte[] content = random(9 << 20);
        assertThatThrownBy(() -> store.write("short", new ByteArrayInputStream(content), content.length + 1L))
                .satisfies(Faults.are(Failure.SOURCE_CHANGED));
        assertThat(store.find("short")).isEmpty();
    }

    @Test
    void createsOnceWhenManyRace() {
        race(RacingWrites::createOnce);
    }

    @Test
    void replacesOnceWhenManyRace() {
        race(RacingWrites::replaceOnce);
    }

    @Test
    void replacesOnlyWhatWasNamed() {
        race(RacingWrites::leaveAloneWhatIsAnother);
    }

    private void race(Consumer<RacingWrites> rounds) {
        String bucket = store.config().bucketName();
        List<ObjectStore> racers = Stream.generate(() -> Stores.open(lab.storage(Side.VAULT, bucket, "backup")))
                .limit(4)
                .toList();
        try {
            rounds.accept(new RacingWrites(racers));
        } finally {
            racers.forEach(ObjectStore::close);
        }
    }

    @Test
    void listsMoreThanOnePageInOrder() {
        List<String> keys = new ArrayList<>(ODD_KEYS);
        IntStream.range(0, LISTED).forEach(i -> keys.add("many/" + i));
        CopyThreads.forEach(CopyThreads.named("fill", WRITERS), keys, key -> store.write(key, key.getBytes(UTF_8)));
        List<String> sorted = keys.stream()
                .sorted(Comparator.comparing(key -> key.getBytes(UTF_8), Arrays::compareUnsigned))
                .toList();
        assertThat(store.list("")).extracting(StoredObject::key).containsExactlyElementsOf(sorted);
        assertThat(store.list("many/10"))
                .extracting(StoredObject::key)
                .containsExactlyElementsOf(
                        sorted.stream().filter(key -> key.startsWith("many/10")).toList());
        assertThat(store.list("none/")).isEmpty();
        for (String key : ODD_KEYS) {
            assertThat(store.read(key, 100)).as(key).asString(UTF_8).isEqualTo(key);
        }
        store.delete(keys);
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void tellsWhenObjectsWereWritten() {
        store.write("dated", new byte[1]);
        assertThat(store.listDated("dated")).singleElement().satisfies(one -> assertThat(one.writtenAt())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60)));
    }

    @Test
    void listsDirectories() {
        Stream.of("x/a/1", "x/a/2", "x/b c/1", "x/d/e/f", "x/file", "y/1")
                .forEach(key -> store.write(key, new byte[1]));
        assertThat(store.listDirectories("x/")).containsExactly("a", "b c", "d");
        assertThat(store.listDirectories("x")).containsExactly("a", "b c", "d");
        assertThat(store.listDirectories("")).containsExactly("x", "y");
        assertThat(store.listDirectories("none")).isEmpty();
    }

    @Test
    void deletesAlsoWhatIsMissing() {
        store.write("a", new byte[1]);
        store.write("b", new byte[1]);
        store.delete(List.of("a", "missing"));
        store.delete(List.of());
        assertThat(store.list("")).extracting(StoredObject::key).containsExactly("b");
    }

    @Test
    void copiesInTheBucketAndFromAnother() {
        String otherBucket = newBucket();
        try (ObjectStore other = open(otherBucket)) {
            for (String key : ODD_KEYS) {
                StoredObject source = other.write(key, key.getBytes(UTF_8));
                StoredObject copied =
                        store.copyFrom(other.config(), source, "copied/" + key).join();
                assertThat(store.find("copied/" + key).map(ObjectStoreContract::bare))
                        .as(key)
                        .contains(bare(copied));
                assertThat(store.read("copied/" + key, 100)).asString(UTF_8).isEqualTo(key);
            }
        }
        StoredObject empty = store.write("empty", new byte[0]);
        assertThat(bare(store.copyFrom(store.config(), empty, "empty2").join()))
                .isEqualTo(bare(store.find("empty2").orElseThrow()));
    }

    int large() {
        return (9 << 20) + 12345;
    }

    void requireLargeCopy(StoredObject copied) {}

    @Test
    void copiesLargeObjectsInParts() {
        byte[] content = random(large());
        StoredObject source = store.write("large", new ByteArrayInputStream(content), content.length);
        StoredObject copied = store.copyFrom(store.config(), source, "copy").join();
        assertThat(store.find("copy").map(ObjectStoreContract::bare)).contains(bare(copied));
        assertThat(Arrays.equals(store.read("copy", content.length), content)).isTrue();
        requireLargeCopy(copied);
    }

    @Test
    void tellsNoChecksumThatIsNotOfTheContent() throws IOException {
        ToldChecksums.requireTrue(store);
    }

    private static StoredObject bare(StoredObject object) {
        return object.withChecksum(null);
    }

    @Test
    void tellsAMissingOrReplacedSource() {
        StoredObject source = store.write("source", "old".getBytes(UTF_8));
        store.write("source", "new".getBytes(UTF_8));
        StorageConfig bucket = store.config();
        assertThatThrownBy(() -> store.copyFrom(bucket, source, "copy").join())
                .satisfies(Faults.are(Failure.SOURCE_CHANGED));
        store.delete(List.of("source"));
        assertThatThrownBy(() -> store.copyFrom(bucket, source, "copy").join())
                .satisfies(Faults.are(Failure.NOT_FOUND));
        StoredObject large = new StoredObject("source", 6 << 20, "");
        assertThatThrownBy(() -> store.copyFrom(bucket, large, "copy").join())
                .isInstanceOf(CompletionException.class)
                .satisfies(Faults.are(Failure.NOT_FOUND));
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void tellsAMissingBucket() {
        try (ObjectStore missing = Stores.open(lab.storage(Side.MILVUS, "no-such-bucket", ""))) {
            assertThatThrownBy(missing::requireReachable)
                    .satisfies(Faults.are(Failure.NOT_FOUND))
                    .hasMessageContaining("no-such-bucket")
                    .hasMessageContaining("does not exist");
            assertThatThrownBy(() -> missing.write("key", new byte[1])).satisfies(Faults.are(Failure.NOT_FOUND));
        }
        store.requireReachable();
    }

    static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }
}
