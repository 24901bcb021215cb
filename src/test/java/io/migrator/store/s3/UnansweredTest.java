package io.migrator.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A thread that reads answers and dies for want of memory leaves nobody waiting. */
class UnansweredTest {
    @Test
    void failsAllThatWaitsWhereAThreadDies() {
        Unanswered unanswered = new Unanswered();
        CompletableFuture<String> one = unanswered.one();
        CompletableFuture<String> other = unanswered.one();
        CompletableFuture<String> answered = unanswered.one();
        answered.complete("a");
        try {
            unanswered.execute(() -> {
                throw new OutOfMemoryError("of a test");
            });

            for (CompletableFuture<String> waiting : List.of(one, other)) {
                assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(OutOfMemoryError.class);
            }
            assertThat(answered).isCompletedWithValue("a");
        } finally {
            unanswered.shutdownNow();
        }
    }

    @Test
    void leavesOtherRequestsAloneWhereOneFails() throws InterruptedException {
        Unanswered unanswered = new Unanswered();
        CompletableFuture<String> waiting = unanswered.one();
        CountDownLatch failed = new CountDownLatch(1);
        try {
            unanswered.execute(() -> {
                failed.countDown();
                throw new IllegalStateException("of one request");
            });
            assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
            unanswered.shutdown();
            assertThat(unanswered.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            assertThat(waiting).isNotDone();
        } finally {
            unanswered.shutdownNow();
        }
    }
}
