package io.migrator.transfer;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Retry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** What becomes of the requests of one call. Begun by one thread, completed by many. */
final class CopyBatch {
    /** An object that was reported missing. */
    record Missing(CopyRequest request, MigratorException fault) {}

    private final List<CopyRequest> requests;
    private final AtomicReferenceArray<@Nullable CopyResult> results;
    private final List<CompletableFuture<?>> begun = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
    private final AtomicReference<@Nullable Missing> missing = new AtomicReference<>();

    CopyBatch(List<CopyRequest> requests) {
        this.requests = requests;
        this.results = new AtomicReferenceArray<>(requests.size());
    }

    CopyRequest request(int index) {
        return requests.get(index);
    }

    void copied(int index, StoredObject target) {
        results.set(index, new CopyResult(requests.get(index), CopyResult.Outcome.COPIED, target));
    }

    /** Takes note of a copy under way; {@code ended} runs when it ended, however it did, and {@code moving} is told how. */
    void inFlight(int index, CompletableFuture<StoredObject> copy, Moving moving, Runnable ended) {
        begun.add(copy.handle((target, thrown) -> {
            if (thrown == null) {
                copied(index, target);
            } else {
                notCopied(index, Retry.unwrapped(thrown));
            }
            ended.run();
            moving.ended(thrown == null);
            return index;
        }));
    }

    private void notCopied(int index, Throwable thrown) {
        if (thrown instanceof MigratorException stopped && stopped.failure() == Failure.STOPPED) {
            return;
        }
        if (thrown instanceof MigratorException replaced && replaced.failure() == Failure.SOURCE_CHANGED) {
            results.set(index, new CopyResult(requests.get(index), CopyResult.Outcome.VANISHED, null));
        } else if (thrown instanceof MigratorException known && known.failure() == Failure.NOT_FOUND) {
            CopyRequest request = requests.get(index);
            missing.compareAndSet(null, new Missing(request, known));
            results.set(index, new CopyResult(request, CopyResult.Outcome.VANISHED, null));
        } else {
            failed(thrown);
        }
    }

    void failed(Throwable thrown) {
        fault.compareAndSet(null, thrown);
    }

    boolean failed() {
        return fault.get() != null;
    }

    /** Waits through interrupts, whose flag stays set: what is begun is finished. */
    void awaitEnd() {
        CompletableFuture.allOf(begun.toArray(CompletableFuture<?>[]::new)).join();
    }

    void throwFault() {
        Throwable thrown = fault.get();
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown != null) {
            throw new IllegalStateException(thrown);
        }
    }

    Optional<Missing> firstMissing() {
        return Optional.ofNullable(missing.get());
    }

    List<CopyResult> results() {
        List<CopyResult> all = new ArrayList<>(requests.size());
        for (int i = 0; i < requests.size(); i++) {
            CopyResult result = results.get(i);
            all.add(result == null ? new CopyResult(requests.get(i), CopyResult.Outcome.NOT_STARTED, null) : result);
        }
        return List.copyOf(all);
    }
}
