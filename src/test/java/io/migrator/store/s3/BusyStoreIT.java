package io.migrator.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.BusyProxy;
import io.migrator.lab.S3Lab;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.connect.Stores;
import io.migrator.store.driver.Deadlines;
import io.migrator.store.driver.Retry;
import io.migrator.transfer.CopyEngine;
import io.migrator.transfer.CopyRequest;
import io.migrator.transfer.CopyResult;
import io.migrator.transfer.Transfer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copying from and to a server that refuses what is too much for it. */
final class BusyStoreIT {
    private static final int COPIES_IN_FLIGHT = 64;

    @TempDir
    private static Path dir;

    private static final String SOURCE = "source";

    private static S3Lab lab;
    private static int buckets;
    private static List<CopyRequest> requests;

    private ObjectStore target;

    /** Nothing writes to the source: all tests copy the same objects. */
    @BeforeAll
    static void fillSource() {
        lab = S3Lab.lease(dir);
        lab.createBucket(SOURCE);
        try (ObjectStore source = Stores.open(lab.storage(Side.MILVUS, SOURCE, "files"))) {
            requests = IntStream.range(0, 600)
                    .parallel()
                    .mapToObj(i -> source.write("files/" + i, ("content of " + i).getBytes(UTF_8)))
                    .map(object -> new CopyRequest(object, "backup/" + object.key()))
                    .toList();
        }
    }

    @AfterAll
    static void stopServer() {
        if (lab != null) {
            lab.close();
        }
    }

    @BeforeEach
    void openTarget() {
        String vault = "vault-" + ++buckets;
        lab.createBucket(vault);
        target = Stores.open(lab.storage(Side.VAULT, vault, "backup"));
    }

    private static ObjectStore through(BusyProxy proxy, Side side, String bucket) {
        Retry quick = new Retry(8, Duration.ofMillis(20), Duration.ofMinutes(2));
        StorageConfig config = proxy.storage(side, bucket);
        return new S3Store(config, new S3Client(config, Deadlines.usual()), quick, quick);
    }

    private List<CopyResult> copyThrough(BusyProxy proxy, Transfer transfer) {
        try (ObjectStore source = through(proxy, Side.MILVUS, SOURCE);
                ObjectStore vault = through(proxy, Side.VAULT, target.config().bucketName())) {
            CopyEngine engine = CopyEngine.between(source, vault, transfer, COPIES_IN_FLIGHT);
            return engine.copy(requests, () -> false);
        }
    }

    private void requireAllThere(List<CopyResult> results) {
        assertThat(results).extracting(CopyResult::outcome).containsOnly(CopyResult.Outcome.COPIED);
        assertThat(target.list("").map(StoredObject::etag))
                .containsExactlyInAnyOrderElementsOf(requests.stream()
                        .map(request -> request.source().etag())
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(
            value = Transfer.class,
            names = {"SERVER", "STREAM"})
    void losesNothingWhereAFifthIsRefused(Transfer transfer) {
        Random random = new Random(7);
        try (BusyProxy proxy = new BusyProxy(lab, arrival -> random.nextInt(5) == 0)) {
            requireAllThere(copyThrough(proxy, transfer));
            assertThat(Collections.frequency(proxy.refused(), true)).isGreaterThan(60);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transfer.class,
            names = {"SERVER", "STREAM"})
    void pressesAServerLessThatTakesFewAtOnce(Transfer transfer) {
        Predicate<BusyProxy.Arrival> fourAtOnce = arrival -> arrival.inside() >= 4;
        try (BusyProxy proxy = new BusyProxy(lab, fourAtOnce)) {
            requireAllThere(copyThrough(proxy, transfer));
            List<Boolean> refused = proxy.refused();
            int times = Collections.frequency(refused, true);
            System.out.printf("%s: %d requests, %d refused%n", transfer, refused.size(), times);
            // With 64 at once all the time, all but a few would be; when that is found out is up to the machine.
            assertThat(times).as("refused of %d requests", refused.size()).isLessThan(refused.size() / 2);
        }
    }

    @Test
    void saysSoWhereItNeverRecovers() {
        try (BusyProxy proxy = new BusyProxy(lab, arrival -> arrival.earlier() >= 300)) {
            assertThatThrownBy(() -> copyThrough(proxy, Transfer.SERVER))
                    .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                            .isEqualTo(Failure.THROTTLED))
                    .hasMessageContaining("unable to copy '" + SOURCE + "/files/")
                    .hasMessageContaining("SlowDown")
                    .hasMessageContaining("max-requests-per-second");
            assertThat(target.list("")).hasSize(300);
            assertThat(proxy.refused().size())
                    .as("not all begin what cannot end")
                    .isLessThan(300 + 100 * 8);
        }
        // What was copied stays, and the same work can be done to its end.
        try (BusyProxy proxy = new BusyProxy(lab, arrival -> false)) {
            requireAllThere(copyThrough(proxy, Transfer.SERVER));
        }
    }
}
