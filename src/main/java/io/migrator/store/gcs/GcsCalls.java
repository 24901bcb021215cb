package io.migrator.store.gcs;

import io.migrator.store.Retry;
import java.io.IOException;

/** Sends requests: every fault is translated and then judged by the retry policy. */
final class GcsCalls {
    /** What is sent. */
    interface Request<T> {
        T send() throws IOException;
    }

    private final GcsFailures failures;
    private final Retry retry;

    GcsCalls(GcsFailures failures, Retry retry) {
        this.failures = failures;
        this.retry = retry;
    }

    <T> T call(String verb, String key, Request<T> request) {
        return retry.call(() -> once(verb, key, request));
    }

    /** For a request that must not be repeated here. */
    <T> T once(String verb, String key, Request<T> request) {
        try {
            return request.send();
        } catch (IOException | RuntimeException e) {
            throw failures.of(verb, key, e);
        }
    }

    RuntimeException translate(String verb, String key, RuntimeException fault) {
        return failures.of(verb, key, fault);
    }
}
