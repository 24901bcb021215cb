package io.migrator.store.gcs;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.driver.Retry;
import io.migrator.store.driver.Verb;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/** Sends requests: every fault is translated and then judged by the retry policy. */
final class GcsCalls {
    /** What is sent. */
    interface Request<T> {
        T send() throws IOException;
    }

    private final GcsFailures failures;
    private final Retry retry;
    private final LongAdder refusals = new LongAdder();

    GcsCalls(GcsFailures failures, Retry retry) {
        this.failures = failures;
        this.retry = retry;
    }

    <T> T call(Verb verb, String key, Request<T> request) {
        return retry.call(() -> once(verb, key, request));
    }

    /** For a request that must not be repeated here. */
    <T> T once(Verb verb, String key, Request<T> request) {
        try {
            return request.send();
        } catch (IOException | RuntimeException e) {
            RuntimeException fault = failures.of(verb, key, e);
            if (fault instanceof MigratorException known && known.failure() == Failure.THROTTLED) {
                refusals.increment();
            }
            throw fault;
        }
    }

    RuntimeException translate(Verb verb, String key, RuntimeException fault) {
        return failures.of(verb, key, fault);
    }

    /** How many requests were refused as too many so far. */
    long refusals() {
        return refusals.sum();
    }
}
