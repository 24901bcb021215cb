package io.migrator.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/** Many copies in flight, bounded over all calling threads. */
final class ParallelCopyEngine implements CopyEngine {
    /** Measured: on 2 cores 16 are as fast as 128; a store far away needs its latency hidden, and 256 hide it. */
    private static final int MOST_IN_FLIGHT = 256;

    private final TransferChoice choice;
    private final ObjectStore source;
    private final ObjectStore target;
    private final Semaphore permits;

    ParallelCopyEngine(TransferChoice choice, ObjectStore source, ObjectStore target, int inFlight) {
        if (inFlight < 1) {
            throw new IllegalArgumentException("inFlight is " + inFlight);
        }
        this.choice = choice;
        this.source = source;
        this.target = target;
        this.permits = new Semaphore(Math.min(inFlight, MOST_IN_FLIGHT));
    }

    @Override
    public List<CopyResult> copy(List<CopyRequest> requests, BooleanSupplier stop) {
        CopyBatch batch = new CopyBatch(requests);
        for (int i = 0; i < requests.size() && !batch.failed() && !stop.getAsBoolean(); i++) {
            try {
                permits.acquire();
            } catch (InterruptedException e) {
                // As a stop: the caller learns from the results what was not begun, and from the flag why.
                Thread.currentThread().interrupt();
                break;
            }
            begin(batch, i);
        }
        batch.awaitEnd();
        batch.throwFault();
        batch.firstMissing().ifPresent(this::requireThatOnlyTheSourceIsGone);
        return batch.results();
    }

    private void begin(CopyBatch batch, int index) {
        boolean copying = false;
        try {
            CopyRequest request = batch.request(index);
            Optional<StoredObject> probed = choice.isOpen() ? choice.probe(request) : Optional.empty();
            if (probed.isPresent()) {
                batch.copied(index, probed.get());
                return;
            }
            batch.inFlight(index, choice.current().copy(request), permits::release);
            copying = true;
        } catch (RuntimeException e) {
            batch.failed(e);
        } finally {
            if (!copying) {
                permits.release();
            }
        }
    }

    /** A missing bucket, or one that the other side's credentials do not see, looks like a missing object. */
    private void requireThatOnlyTheSourceIsGone(CopyBatch.Missing missing) {
        source.requireReachable();
        target.requireReachable();
        if (source.find(missing.request().source().key()).isPresent()) {
            throw missing.fault();
        }
    }

    @Override
    public String transfer() {
        return choice.current().name();
    }
}
