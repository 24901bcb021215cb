package io.migrator.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Pieces of work at once, however many a configuration allows. */
class WorkerPoolTest {
    @Test
    void hasNoMoreThreadsThanASystemGives() {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        try (WorkerPool pool = new WorkerPool("crowd", 1_000_000)) {
            List<Future<Integer>> begun = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                begun.add(pool.begin(() -> {
                    end.await();
                    return done.incrementAndGet();
                }));
            }
            long threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("crowd"))
                    .count();
            end.countDown();
            begun.forEach(WorkerPool::result);

            assertThat(threads).isEqualTo(WorkerPool.MOST);
            assertThat(done).hasValue(600);
        }
    }
}
