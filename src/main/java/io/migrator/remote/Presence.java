package io.migrator.remote;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** A worker among the others: says that it lives. For one thread. */
final class Presence {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Offers offers;
    private final WorkerLoop.Self self;
    private long next = System.nanoTime();

    Presence(Offers offers, WorkerLoop.Self self) {
        this.offers = offers;
        this.self = self;
    }

    /** To be called more often than it has to be said, which is a write. */
    void say() {
        if (System.nanoTime() - next >= 0) {
            offers.lives(self.id(), self.version(), self.places(), self.threads());
            next = System.nanoTime() + PAUSE_NANOS;
        }
    }

    void leave() {
        try {
            offers.leave(self.id());
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("leaving", e);
        }
    }
}
