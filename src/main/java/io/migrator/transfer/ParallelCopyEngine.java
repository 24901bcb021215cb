package io.migrator.transfer;

import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Many copies in flight, bounded over all calling threads and by what the stores bear. */
final class ParallelCopyEngine implements CopyEngine {
    private final TransferChoice choice;
    private final ObjectStore source;
    private final ObjectStore target;
    private final InFlightLimit limit;

    ParallelCopyEngine(TransferChoice choice, ObjectStore source, ObjectStore target, int inFlight) {
        if (inFlight < 1) {
            throw new IllegalArgumentException("inFlight is " + inFlight);
        }
        this.choice = choice;
        this.source = source;
        this.target = target;
        this.limit = new InFlightLimit(inFlight, () -> source.refusals() + target.refusals());
    }

    @Override
    public List<CopyResult> copy(List<CopyRequest> requests, BooleanSupplier stop, CopyWatch watch) {
        CopyBatch batch = new CopyBatch(requests);
        for (int i = 0; i < requests.size() && !batch.failed() && !stop.getAsBoolean(); i++) {
            CopyWay way = choice.current();
            if (!way.awaitTurn(requests.get(i), stop)) {
                break;
            }
            try {
                limit.acquire(way.mostInFlight());
            } catch (InterruptedException e) {
                // As a stop: the caller learns from the results what was not begun, and from the flag why.
                Thread.currentThread().interrupt();
                break;
            }
            begin(batch, i, stop, watch);
        }
        batch.awaitEnd();
        batch.throwFault();
        batch.firstMissing().ifPresent(this::requireThatOnlyTheSourceIsGone);
        return batch.results();
    }

    private void begin(CopyBatch batch, int index, BooleanSupplier stop, CopyWatch watch) {
        boolean copying = false;
        try {
            CopyRequest request = batch.request(index);
            Optional<StoredObject> probed = choice.isOpen() ? choice.probe(request) : Optional.empty();
            choice.say();
            Moving moving = new Moving(watch, request.source().size());
            if (probed.isPresent()) {
                batch.copied(index, probed.get());
                moving.ended(true);
                return;
            }
            batch.inFlight(index, choice.current().copy(request, stop, moving), moving, limit::release);
            copying = true;
        } catch (RuntimeException e) {
            batch.failed(e);
        } finally {
            if (!copying) {
                limit.release();
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
    public Map<String, Long> streamedAfterRefusal() {
        return choice.refused();
    }

    @Override
    public String transfer() {
        return choice.current().name();
    }
}
