package io.migrator.store.s3;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.driver.Retry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Sends requests: every fault is translated and then judged by the retry policy. */
final class S3Calls {
    private final S3Failures failures;
    private final Retry retry;
    private final LongAdder refusals = new LongAdder();

    S3Calls(S3Failures failures, Retry retry) {
        this.failures = failures;
        this.retry = retry;
    }

    <T> CompletableFuture<T> send(Operation operation, Supplier<CompletableFuture<T>> request) {
        return retry.callAsync(() -> translated(operation, begun(operation, request)));
    }

    <T> T await(Operation operation, Supplier<CompletableFuture<T>> request) {
        return wait(operation, send(operation, request));
    }

    /** For a request that must not be repeated. */
    <T> T awaitOnce(Operation operation, Supplier<CompletableFuture<T>> request) {
        return wait(operation, translated(operation, begun(operation, request)));
    }

    /** Repeats work that waits by itself and throws faults already translated. */
    <T> T repeat(Supplier<T> work) {
        return retry.call(work);
    }

    RuntimeException translate(Operation operation, Throwable thrown) {
        return failures.of(operation, thrown);
    }

    /** The fault of one object among many of a request. */
    RuntimeException translate(Operation operation, String code, String message) {
        return failures.of(operation, code, message);
    }

    /** How many requests were refused as too many so far. */
    long refusals() {
        return refusals.sum();
    }

    /** A request that cannot even be signed fails before there is a future. */
    private <T> CompletableFuture<T> begun(Operation operation, Supplier<CompletableFuture<T>> request) {
        try {
            return request.get();
        } catch (RuntimeException e) {
            throw failures.of(operation, e);
        }
    }

    private <T> CompletableFuture<T> translated(Operation operation, CompletableFuture<T> sent) {
        return sent.exceptionally(thrown -> {
            RuntimeException fault = failures.ofAnswer(operation, thrown);
            if (fault instanceof MigratorException known && known.failure() == Failure.THROTTLED) {
                refusals.increment();
            }
            throw fault;
        });
    }

    private <T> T wait(Operation operation, CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw MigratorException.unable(
                    Failure.STOPPED,
                    operation.verb(),
                    operation.thing(),
                    "interrupted",
                    "Run the same command again to go on.",
                    e);
        } catch (ExecutionException e) {
            throw failures.of(operation, e.getCause() == null ? e : e.getCause());
        }
    }
}
