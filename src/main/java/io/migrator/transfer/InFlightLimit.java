package io.migrator.transfer;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many copies may be in flight. Halved when a store refused requests as too many, and one more for each round of
 * copies that went without: so that a store shared with others is neither pressed nor left idle. Safe for many threads.
 */
final class InFlightLimit {
    private static final Logger LOG = LoggerFactory.getLogger(InFlightLimit.class);

    private final int most;
    private final LongSupplier refusals;
    private double limit;
    private int inFlight;
    private long refusalsSeen;
    /** Copies that were in flight at the last cut: what they met tells nothing of the limit since. */
    private int older;

    /** @param refusals how many requests the stores have refused so far */
    InFlightLimit(int most, LongSupplier refusals) {
        this.most = most;
        this.refusals = refusals;
        this.limit = most;
        this.refusalsSeen = refusals.getAsLong();
    }

    /**
     * Waits for its turn; an interrupted thread gets none, also where nothing was to be waited for.
     *
     * @param ceiling a bound besides, at least 1
     */
    synchronized void acquire(int ceiling) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        while (inFlight >= Math.min(ceiling, (int) limit)) {
            wait();
        }
        inFlight++;
    }

    /** One copy ended, however it did. */
    synchronized void release() {
        long refused = refusals.getAsLong();
        if (refused == refusalsSeen) {
            limit = Math.min(most, limit + 1 / limit);
        } else if (older <= 0) {
            cut();
        }
        refusalsSeen = refused;
        older--;
        inFlight--;
        notifyAll();
    }

    private void cut() {
        if (limit == most) {
            LOG.info("a store asks for fewer requests: copying with less than {} objects in flight", most);
        }
        // Half of what was tried, not of what was allowed.
        limit = Math.max(1, Math.min(limit, inFlight) / 2);
        older = inFlight;
    }

    synchronized int current() {
        return (int) limit;
    }
}
