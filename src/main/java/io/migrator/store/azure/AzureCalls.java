package io.migrator.store.azure;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.driver.Retry;
import io.migrator.store.driver.Verb;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Sends requests: every fault is translated and then judged by the retry policy. */
final class AzureCalls {
    private final AzureFailures failures;
    private final Retry retry;
    private final LongAdder refusals;

    AzureCalls(AzureFailures failures, Retry retry) {
        this(failures, retry, new LongAdder());
    }

    private AzureCalls(AzureFailures failures, Retry retry, LongAdder refusals) {
        this.failures = failures;
        this.retry = retry;
        this.refusals = refusals;
    }

    /** The same for another container, so that messages name that one; refusals are counted together. */
    AzureCalls of(StorageConfig other) {
        return new AzureCalls(new AzureFailures(other), retry, refusals);
    }

    <T> T call(Verb verb, String key, Supplier<T> request) {
        return retry.call(() -> once(verb, key, request));
    }

    /** For a request that must not be repeated. */
    <T> T once(Verb verb, String key, Supplier<T> request) {
        try {
            return request.get();
        } catch (RuntimeException e) {
            RuntimeException fault = failures.of(verb, key, e);
            if (fault instanceof MigratorException known && known.failure() == Failure.THROTTLED) {
                refusals.increment();
            }
            throw fault;
        }
    }

    /** How many requests were refused as too many so far. */
    long refusals() {
        return refusals.sum();
    }
}
