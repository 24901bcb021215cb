package io.migrator.retention.sweep;

import io.migrator.lease.Fence;
import io.migrator.retention.sweep.Swept.Amount;
import io.migrator.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Deletes what is left of a listing, unit by unit and in its order. Of what was not listed nothing is touched. */
final class Reclaim {
    /** The most keys that one S3 request deletes. */
    private static final int BATCH = 1000;

    private final ObjectStore vault;
    private final Fence deleters;
    private final Runnable stop;
    private final List<String> batch = new ArrayList<>(BATCH);

    Reclaim(ObjectStore vault, Fence deleters, Runnable stop) {
        this.vault = vault;
        this.deleters = deleters;
        this.stop = stop;
    }

    Swept of(PoolListing listing) {
        Swept swept = total(listing, this::take);
        delete();
        return swept;
    }

    /** The same without deleting anything. */
    static Swept look(PoolListing listing) {
        return total(listing, unit -> {});
    }

    private void take(Found unit) {
        for (String key : unit.keys()) {
            batch.add(key);
            if (batch.size() == BATCH) {
                delete();
            }
        }
    }

    private void delete() {
        if (!batch.isEmpty()) {
            stop.run();
            deleters.requireHeld();
            vault.delete(List.copyOf(batch));
            batch.clear();
        }
    }

    private static Swept total(PoolListing listing, Consumer<Found> going) {
        Amount[] totals = {Amount.NONE, Amount.NONE, Amount.NONE};
        listing.each(unit -> {
            totals[0] = totals[0].plus(unit);
            if (listing.left(unit.unit())) {
                totals[1] = totals[1].plus(unit);
                if (!listing.young(unit.unit())) {
                    totals[2] = totals[2].plus(unit);
                    going.accept(unit);
                }
            }
        });
        return new Swept(totals[0], totals[1].minus(totals[2]), totals[2], listing.strange(), listing.strangers());
    }
}
