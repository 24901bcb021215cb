package io.migrator.store.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.Faults;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RetryTest {
    private final Retry retry = new Retry(4, Duration.ofMillis(1), Duration.ofMinutes(1));
    private final AtomicInteger calls = new AtomicInteger();

    private int failTimes(int times, Failure failure) {
        if (calls.incrementAndGet() <= times) {
            throw new MigratorException(failure, "call " + calls.get());
        }
        return calls.get();
    }

    private CompletableFuture<Integer> failTimesAsync(int times, Failure failure) {
        return CompletableFuture.supplyAsync(() -> failTimes(times, failure));
    }

    @Test
    void repeatsWhatPasses() {
        assertThat(retry.call(() -> failTimes(3, Failure.UNREACHABLE))).isEqualTo(4);
        calls.set(0);
        assertThat(retry.callAsync(() -> failTimesAsync(3, Failure.THROTTLED)).join())
                .isEqualTo(4);
    }

    @Test
    void givesUpAfterTheLastAttemptWithTheLastFault() {
        assertThatThrownBy(() -> retry.call(() -> failTimes(9, Failure.UNREACHABLE)))
                .hasMessage("call 4");
        calls.set(0);
        assertThatThrownBy(() -> retry.callAsync(() -> failTimesAsync(9, Failure.UNREACHABLE))
                        .join())
                .satisfies(Faults.are(Failure.UNREACHABLE))
                .hasRootCauseMessage("call 4");
    }

    @Test
    void doesNotRepeatWhatStays() {
        assertThatThrownBy(() -> retry.call(() -> failTimes(1, Failure.DENIED))).satisfies(Faults.are(Failure.DENIED));
        assertThat(calls).hasValue(1);
        assertThatThrownBy(() -> retry.callAsync(() -> {
                            calls.incrementAndGet();
                            throw new IllegalStateException("bug");
                        })
                        .join())
                .hasRootCauseMessage("bug");
        assertThat(calls).hasValue(2);
    }

    @Test
    void doesNotRepeatAfterItsTime() {
        Retry spent = new Retry(4, Duration.ofMillis(1), Duration.ZERO);
        assertThatThrownBy(() -> spent.call(() -> failTimes(9, Failure.UNREACHABLE)))
                .hasMessage("call 1");
    }

    @Test
    void endsThePauseAtAnInterrupt() {
        Retry slow = new Retry(4, Duration.ofMinutes(10), Duration.ofMinutes(1));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> slow.call(() -> failTimes(9, Failure.UNREACHABLE)))
                .satisfies(Faults.are(Failure.STOPPED))
                .hasMessageContaining("call 1");
        assertThat(Thread.interrupted()).isTrue();
    }
}
