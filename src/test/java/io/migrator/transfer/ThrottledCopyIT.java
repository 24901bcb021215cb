package io.migrator.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.lab.S3Lab;
import io.migrator.store.Faults;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import io.migrator.store.throttle.FakeTime;
import io.migrator.store.throttle.Pace;
import io.migrator.store.throttle.ThrottledStore;
import io.migrator.transfer.CopyResult.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long a throttled copy takes, by a clock that goes on only while somebody waits. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ThrottledCopyIT {
    private static final int OBJECTS = 50;
    private static final int BYTES = 10_000;

    @TempDir
    private static Path dir;

    private S3Lab lab;
    private ObjectStore source;
    private ObjectStore target;
    private List<CopyRequest> requests;

    @BeforeAll
    void fill() {
        lab = S3Lab.lease(dir);
        lab.createBucket("source");
        lab.createBucket("target");
        source = Stores.open(lab.storage(Side.MILVUS, "source", ""));
        target = Stores.open(lab.storage(Side.VAULT, "target", ""));
        requests = IntStream.range(0, OBJECTS)
                .mapToObj(i -> new CopyRequest(source.write("object-" + i, new byte[BYTES]), "copy-" + i))
                .toList();
    }

    @AfterAll
    void close() {
        if (lab != null) {
            source.close();
            target.close();
            lab.close();
        }
    }

    private static CopyEngine engine(ObjectStore source, ObjectStore target, Transfer transfer, Pace bytes) {
        return new ParallelCopyEngine(
                new TransferChoice(source, target, transfer, bytes, 8, line -> {}), source, target, 8);
    }

    @ParameterizedTest
    @EnumSource
    void copiesNoMoreBytesThanAllowed(Transfer transfer) {
        FakeTime time = new FakeTime();
        List<CopyResult> results =
                engine(source, target, transfer, time.pace(100_000)).copy(requests, () -> false);
        assertThat(results).extracting(CopyResult::outcome).containsOnly(Outcome.COPIED);
        // Eight streams that wait at once each let the clock go on, so that it may run ahead.
        assertThat(time.millis()).isGreaterThanOrEqualTo(1000L * (OBJECTS - 8) * BYTES / 100_000 - 100);
    }

    @Test
    void sendsNoMoreRequestsThanAllowed() {
        FakeTime time = new FakeTime();
        ObjectStore throttled = new ThrottledStore(target, time.pace(10));
        engine(source, throttled, Transfer.SERVER, time.pace(0)).copy(requests, () -> false);
        assertThat(time.millis()).isBetween(100L * OBJECTS - 300, 100L * OBJECTS);
        long before = time.millis();
        assertThat(throttled.list("copy-")).hasSize(OBJECTS);
        assertThat(throttled.find("copy-1")).isPresent();
        throttled.delete(List.of("none"));
        assertThat(time.millis() - before).isBetween(200L, 400L);
    }

    @Test
    void beginsNothingMoreAfterAStopThatComesWhileItWaits() {
        FakeTime time = new FakeTime();
        AtomicInteger asked = new AtomicInteger();
        List<CopyResult> results = engine(source, target, Transfer.SERVER, time.pace(BYTES))
                .copy(requests, () -> asked.incrementAndGet() > 20);
        assertThat(results).extracting(CopyResult::outcome).contains(Outcome.COPIED, Outcome.NOT_STARTED);
        assertThat(time.millis()).isLessThan(10_000);
    }

    @Test
    void saysThatItWasInterrupted() {
        ObjectStore throttled = new ThrottledStore(target, new Pace(1, System::nanoTime, Thread::sleep));
        throttled.find("a");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> throttled.find("a")).satisfies(Faults.are(Failure.STOPPED));
        assertThat(Thread.interrupted()).isTrue();
    }
}
