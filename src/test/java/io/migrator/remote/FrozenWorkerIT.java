package io.migrator.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.batch.RunFacts;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker that stands still where it holds what others need; takes the half minute that the server gives it. */
class FrozenWorkerIT {
    private final ScheduledExecutorService run = Executors.newSingleThreadScheduledExecutor();
    private OneRequest ground;

    @BeforeEach
    void start() {
        ground = OneRequest.start();
        run.scheduleAtFixedRate(ground::say, 0, 500, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void stop() {
        run.shutdownNow();
        ground.close();
    }

    /** As by SIGSTOP between its fence and its commit. */
    @Test
    void isTakenOverAmidATransactionAndRecordsNothing() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch resumed = new CountDownLatch(1);
        CompletableFuture<Boolean> frozen =
                CompletableFuture.supplyAsync(() -> ground.take(transactions -> transactions.run(() -> {
                    transactions.jdbc().update("insert into run_fact (name, fact) values ('work', 'of the frozen')");
                    inside.countDown();
                    await(resumed);
                })));
        inside.await();
        Awaitility.await().until(() -> ground.reports().cut(Duration.ZERO) == 1);

        assertThat(ground.take(transactions -> new RunFacts(transactions).put("work", "of the next")))
                .isTrue();
        resumed.countDown();

        assertThat(frozen).failsWithin(Duration.ofSeconds(60));
        assertThat(ground.fact("work")).contains("of the next");
        assertThat(ground.status()).isEqualTo("COMPLETED");
        assertThat(ground.requests()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
