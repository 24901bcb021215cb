package io.migrator.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.store.Faults;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class InFlightLimitTest {
    private final AtomicLong refusals = new AtomicLong();
    private final InFlightLimit limit = new InFlightLimit(64, refusals::get);

    private void begin(int copies) throws InterruptedException {
        for (int i = 0; i < copies; i++) {
            limit.acquire(256);
        }
    }

    private void end(int copies) {
        for (int i = 0; i < copies; i++) {
            limit.release();
        }
    }

    @Test
    void halvesOnceForARoundOfRefusals() throws InterruptedException {
        begin(64);
        for (int i = 0; i < 64; i++) {
            refusals.incrementAndGet();
            end(1);
        }
        assertThat(limit.current()).isEqualTo(32);
        begin(32);
        for (int i = 0; i < 32; i++) {
            refusals.incrementAndGet();
            end(1);
        }
        assertThat(limit.current()).isEqualTo(16);
    }

    @Test
    void growsByOneForARoundWithout() throws InterruptedException {
        begin(64);
        refusals.incrementAndGet();
        end(64);
        assertThat(limit.current()).isBetween(33, 34);
        int before = limit.current();
        for (int round = 0; round < 10; round++) {
            begin(limit.current());
            end(limit.current());
        }
        assertThat(limit.current()).isBetween(before + 9, before + 11);
        for (int round = 0; round < 100; round++) {
            begin(limit.current());
            end(limit.current());
        }
        assertThat(limit.current()).isEqualTo(64);
    }

    @Test
    void halvesWhatWasTriedAndNeverStops() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            begin(1);
            refusals.incrementAndGet();
            end(1);
        }
        assertThat(limit.current()).isEqualTo(1);
        begin(1);
        end(1);
        assertThat(limit.current()).isEqualTo(2);
    }

    @Test
    void holdsBackWhatIsTooMany() throws InterruptedException {
        limit.acquire(2);
        limit.acquire(2);
        CompletableFuture<Boolean> third = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        limit.acquire(2);
                        return true;
                    } catch (InterruptedException e) {
                        return false;
                    }
                },
                Faults.THREADS);
        limit.acquire(3);
        assertThat(third).isNotDone();
        limit.release();
        limit.release();
        Awaitility.await().until(third::isDone);
        assertThat(third.join()).isTrue();
    }
}
