package io.migrator.verify.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.store.ObjectContent;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.throttle.PacedReads;
import io.migrator.store.throttle.Room;
import io.migrator.store.throttle.Throttle;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs that wait for others that are read in the same process, of another run maybe. */
class WaitingReadsTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);

    @ParameterizedTest
    @CsvSource({"8, 1", "80, 9"})
    void endWithTheStopOfTheirOwnRun(int mib, int sizeMiB) throws Exception {
        Room room = new Room((long) mib << 20);
        FutureTask<LogReader.Read> slow = task(room, sizeMiB << 20, () -> false);
        start(slow);
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        AtomicBoolean stop = new AtomicBoolean();
        FutureTask<LogReader.Read> waits = task(room, sizeMiB << 20, stop::get);
        Thread waiting = start(waits);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> isWaiting(waiting));

        stop.set(true);

        assertThatThrownBy(() -> waits.get(60, TimeUnit.SECONDS))
                .cause()
                .asInstanceOf(InstanceOfAssertFactories.type(MigratorException.class))
                .extracting(MigratorException::failure)
                .isEqualTo(Failure.STOPPED);
        assertThat(slow.isDone()).isFalse();
        goesOn.countDown();
        assertThat(slow.get(60, TimeUnit.SECONDS).finding()).isNotNull();
        assertThat(room.free()).isEqualTo(mib);
    }

    /** What a run copies in the same process holds memory, too. */
    @ParameterizedTest
    @CsvSource({"16, 1", "48, 9"})
    void waitForWhatOtherWorkHolds(int mib, int sizeMiB) throws Exception {
        Room room = new Room((long) mib << 20);
        assertThat(room.take(12, () -> false)).isTrue();
        FutureTask<LogReader.Read> waits = task(room, sizeMiB << 20, () -> false);
        Thread waiting = start(waits);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> isWaiting(waiting) && room.free() == mib - 12);
        goesOn.countDown();
        assertThat(begun.getCount()).as("not begun").isOne();

        room.give(12);

        assertThat(waits.get(60, TimeUnit.SECONDS).finding()).isNotNull();
        assertThat(room.free()).isEqualTo(mib);
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    private static Thread start(FutureTask<?> task) {
        Thread thread = new Thread(task, "reads");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private FutureTask<LogReader.Read> task(Room room, int size, BooleanSupplier stop) {
        LogFile file = new LogFile("binlogs/1", size, null, false, false);
        PlannedReading of = new PlannedReading(1, 1, 1, 1, true, 0, -1, Long.MAX_VALUE, List.of(file));
        PacedReads reads = new PacedReads(store(size), Throttle.NONE);
        LogReader reader = new LogReader(reads, new VaultLayout("", "b"), stop, room);
        return new FutureTask<>(() -> reader.read(of, file));
    }

    private ObjectStore store(int size) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    begun.countDown();
                    goesOn.await();
                    return new ObjectContent(
                            new StoredObject("k", size, "t"), new ByteArrayInputStream(new byte[size]));
                });
    }
}
