package io.migrator.remote;

import io.migrator.config.RepositoryConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.transaction.TransactionException;

/** A worker among the others: says that it lives, and looks who asks for help. For one thread. */
final class Presence {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Offers offers;
    private final WorkerLoop.Self self;
    private final Duration patience = RepositoryConfig.AWAY.value();
    private long next = System.nanoTime();
    /** Since when the server does not answer; 0 where it does. */
    private long away;

    Presence(Offers offers, WorkerLoop.Self self) {
        this.offers = offers;
        this.self = self;
    }

    /**
     * The runs that ask for help; empty where the server is away, for no longer than it may be. To be called more often than the
     * worker has to say that it lives, which is a write.
     */
    Optional<List<Offer>> open() {
        try {
            say();
            List<Offer> open = offers.open();
            away = 0;
            return Optional.of(open);
        } catch (BadSqlGrammarException e) {
            // It answers: a right is missing, or a table.
            throw e;
        } catch (DataAccessException | TransactionException e) {
            long now = System.nanoTime();
            away = away == 0 ? now : away;
            if (now - away > patience.toNanos()) {
                throw e;
            }
            LOG.debug("looking for work", e);
            return Optional.empty();
        }
    }

    private void say() {
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
