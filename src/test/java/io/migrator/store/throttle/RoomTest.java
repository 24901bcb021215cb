package io.migrator.store.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class RoomTest {
    private static final BooleanSupplier ON = () -> false;

    private final Room room = new Room(10L << 20);
    private final List<String> served = new CopyOnWriteArrayList<>();

    private Thread taking(String name, int mib, BooleanSupplier stop) {
        Thread thread = new Thread(() -> {
            if (room.take(mib, stop)) {
                served.add(name);
            }
        });
        thread.start();
        Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    @Test
    void whoWantsMuchIsServedBeforeWhoeverCameLater() throws InterruptedException {
        assertThat(room.take(6, ON)).isTrue();
        Thread large = taking("large", 8, ON);
        // There would be room for it at once.
        Thread small = taking("small", 4, ON);

        room.give(6);
        large.join();
        assertThat(served).containsExactly("large");
        assertThat(room.free()).isEqualTo(2);

        room.give(8);
        small.join();
        assertThat(room.free()).isEqualTo(6);
    }

    @Test
    void whoStopsLeavesItsPlaceToTheNext() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        assertThat(room.take(6, ON)).isTrue();
        Thread large = taking("large", 8, stop::get);
        Thread small = taking("small", 1, ON);

        stop.set(true);
        large.join();
        small.join();

        assertThat(served).containsExactly("small");
        assertThat(room.free()).isEqualTo(3);
    }

    @Test
    void moreThanThereIsIsAll() {
        assertThat(room.take(100, ON)).isTrue();
        assertThat(room.free()).isZero();

        room.give(100);
        assertThat(room.free()).isEqualTo(10);
    }

    @Test
    void anInterruptIsAStop() {
        Thread.currentThread().interrupt();

        assertThat(room.take(1, ON)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(room.free()).isEqualTo(10);
    }
}
