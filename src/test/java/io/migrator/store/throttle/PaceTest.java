package io.migrator.store.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.store.Faults;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private final FakeTime time = new FakeTime();

    @Test
    void letsThroughAsManyAsComeIn() {
        Pace pace = time.pace(1000);
        for (int i = 0; i <= 50; i++) {
            assertThat(pace.await(100, () -> false)).isTrue();
            assertThat(time.millis()).isBetween(100L * i - 100, 100L * i);
        }
    }

    @Test
    void makesTheNextOneWaitForWhatWasTakenAtOnce() {
        Pace pace = time.pace(10);
        pace.await(300, () -> false);
        assertThat(time.millis()).isZero();
        pace.await(1, () -> false);
        assertThat(time.millis()).isBetween(29_900L, 30_000L);
    }

    @Test
    void isAShareOfWhatSeveralProcessesHave() {
        AtomicInteger processes = new AtomicInteger(4);
        Pace pace = time.pace(1000, processes::get);
        for (int i = 0; i < 10; i++) {
            pace.await(100, () -> false);
        }
        assertThat(time.millis()).isBetween(3500L, 4000L);
        processes.set(1);
        for (int i = 0; i < 10; i++) {
            pace.await(100, () -> false);
        }
        assertThat(time.millis()).isBetween(4800L, 5000L);
    }

    @Test
    void savesLittleOfTheTimeNobodyUsed() {
        Pace pace = time.pace(1000);
        time.pass(60_000_000_000L);
        for (int i = 0; i < 1000; i++) {
            pace.await(1, () -> false);
        }
        assertThat(time.millis()).isBetween(60_890L, 61_000L);
    }

    @Test
    void waitsForNothingWithoutALimit() {
        Pace pace = time.pace(0);
        assertThat(pace.await(Long.MAX_VALUE, () -> true)).isTrue();
        assertThat(pace.await(Long.MAX_VALUE, () -> true)).isTrue();
        assertThat(time.millis()).isZero();
    }

    /** As many bytes as an object has, at one a second: the debt is longer than 64 bits of nanoseconds. */
    @Test
    void letsNobodyThroughFreeHoweverLongTheWait() {
        Pace pace = time.pace(1);
        assertThat(pace.await(1L << 45, () -> true)).as("the first one").isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(pace.await(1L << 45, () -> true)).isFalse();
        }
    }

    @Test
    void endsTheWaitAtAStop() {
        Pace pace = time.pace(1);
        AtomicInteger asked = new AtomicInteger();
        assertThat(pace.await(3600, () -> true)).as("no wait, no question").isTrue();
        assertThat(pace.await(1, () -> asked.incrementAndGet() > 3)).isFalse();
        assertThat(time.millis()).isLessThan(1000);
    }

    @Test
    void endsTheWaitAtAnInterrupt() {
        Pace pace = new Pace(1, System::nanoTime, Thread::sleep);
        pace.await(3600, () -> false);
        Thread.currentThread().interrupt();
        assertThat(pace.await(1, () -> false)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void pacesAStream() throws IOException {
        byte[] content = new byte[3 << 20];
        try (InputStream stream = new PacedStream(
                new ByteArrayInputStream(content), time.pace(1 << 20), 1, content.length, () -> false)) {
            assertThat(stream.readAllBytes()).hasSameSizeAs(content);
        }
        assertThat(time.millis()).isBetween(2_800L, 3_000L);
    }

    @Test
    void givesAStreamUpWhereItWouldTakeLong() throws IOException {
        AtomicBoolean stop = new AtomicBoolean();
        byte[] content = new byte[9 << 20];
        InputStream large =
                new PacedStream(new ByteArrayInputStream(content), time.pace(0), 1, content.length, stop::get);
        assertThat(large.read()).isZero();
        stop.set(true);
        assertThatThrownBy(large::read).satisfies(Faults.are(Failure.STOPPED));

        InputStream small = new PacedStream(new ByteArrayInputStream(content, 0, 100), time.pace(0), 1, 100, stop::get);
        assertThat(small.readAllBytes()).hasSize(100);

        InputStream heldBack = new PacedStream(new ByteArrayInputStream(content), time.pace(1), 1, 100, stop::get);
        assertThat(heldBack.readNBytes(100)).hasSize(100);
        assertThatThrownBy(heldBack::read).satisfies(Faults.are(Failure.STOPPED));
    }

    @Test
    void readsRatesAsUsersWriteThem() {
        assertThat(Throttle.of("", "")).isEqualTo(Throttle.NONE);
        assertThat(Throttle.of("800000", "20")).isEqualTo(new Throttle(800_000, 20));
        assertThat(Throttle.of("10K", "")).isEqualTo(new Throttle(10 << 10, 0));
        assertThat(Throttle.of("50M", "1")).isEqualTo(new Throttle(50 << 20, 1));
        assertThat(Throttle.of("1G", "1")).isEqualTo(new Throttle(1 << 30, 1));
        assertThat(Throttle.of("999999999G", "1").bytesPerSecond()).isPositive();
    }
}
