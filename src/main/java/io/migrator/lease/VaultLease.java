package io.migrator.lease;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.Lease;
import io.migrator.lease.LeaseFile.Seen;
import io.migrator.store.ObjectStore;
import io.migrator.store.driver.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write one backup's directory, held by one run of all machines. A small object says who has it; it is
 * renewed while the run lives, and replaced only by writes under the condition that it is still the one that was seen. So
 * a run that was away for longer than others wait finds out before it writes on. Safe for many threads.
 */
public final class VaultLease implements Fence, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VaultLease.class);
    private static final int LOST_ANSWERS = 3;

    private final ObjectStore connection;
    private final LeaseFile file;
    private final LeaseTerms terms;
    private final Consumer<String> notes;
    private final boolean ofBackup;
    private volatile @Nullable Seen held;
    private volatile long renewedSince;
    private volatile @Nullable MigratorException lost;
    private @Nullable Heartbeat heartbeat;

    /**
     * @param connection to the vault for the lease alone, neither throttled nor shared with copies, behind which a
     *     renewal would have to wait; closed with the lease
     * @param notes gets a line where a lease is waited for or taken over
     */
    public VaultLease(ObjectStore connection, VaultLayout layout, LeaseTerms terms, Consumer<String> notes) {
        this(connection, layout.lease(), terms, notes, true);
    }

    /** @param key of the lease, where it is not that of a backup */
    public VaultLease(ObjectStore connection, String key, LeaseTerms terms, Consumer<String> notes) {
        this(connection, key, terms, notes, false);
    }

    private VaultLease(ObjectStore connection, String key, LeaseTerms terms, Consumer<String> notes, boolean ofBackup) {
        this.connection = connection;
        this.file = new LeaseFile(connection, key);
        this.terms = terms;
        this.notes = notes;
        this.ofBackup = ofBackup;
    }

    /**
     * Takes the lease and keeps renewing it; only confirms it where it is held already. May wait until another's has
     * gone stale.
     *
     * @param stop asked while waiting
     * @throws MigratorException LOCKED where another run has it and is alive, STOPPED
     */
    public void take(LeaseHolder holder, BooleanSupplier stop) {
        take(holder, stop, Retry.PATIENT);
    }

    /** @param retry of requests while taking it */
    synchronized void take(LeaseHolder holder, BooleanSupplier stop, Retry retry) {
        if (held != null) {
            confirm();
            return;
        }
        held = new LeaseContest(file, holder, terms, notes, ofBackup).win(stop, retry);
        renewedSince = System.nanoTime();
        heartbeat = new Heartbeat(terms.interval(), this::beat);
    }

    /**
     * Before a write that another run would merely repeat: asks the vault only where the last renewal is too long ago to be
     * sure. Fails like {@link #confirm}.
     */
    @Override
    public void requireHeld() {
        if (lost != null || unsure()) {
            confirm();
        }
    }

    /** The monotonic clock stands still while a machine sleeps; the other may jump: whichever doubts is heard. */
    private boolean unsure() {
        long byClock = Math.abs(
                Duration.between(ours().lease().renewedAt(), Instant.now()).toMillis());
        return System.nanoTime() - renewedSince > terms.sure().toNanos()
                || byClock > terms.sure().toMillis();
    }

    /**
     * Before a write that decides something: proves by a renewal that nobody has taken the lease since it was taken.
     *
     * @throws MigratorException LOCKED where it is another's; UNREACHABLE where the vault cannot be asked
     */
    @Override
    public synchronized void confirm() {
        Retry.PATIENT.call(this::renew);
    }

    /** What others know the vault by while it is held; empty where it is not. */
    public Optional<Footprint> footprint() {
        return Optional.ofNullable(held)
                .map(seen -> new Footprint(file.key(), seen.lease().token()));
    }

    private synchronized Duration beat() {
        if (held == null) {
            return Duration.ZERO;
        }
        try {
            renew();
            return terms.interval();
        } catch (MigratorException e) {
            if (e.failure() == Failure.LOCKED) {
                notes.accept(String.valueOf(e.getMessage()));
                return Duration.ZERO;
            }
            LOG.debug("the lease could not be renewed", e);
            return terms.look();
        }
    }

    private synchronized Seen renew() {
        if (lost != null) {
            throw lost;
        }
        for (int attempt = 0; attempt < LOST_ANSWERS; attempt++) {
            long begun = System.nanoTime();
            Seen before = ours();
            Lease next = before.lease().renewed(Instant.now());
            Optional<String> etag = file.replace(next, before.etag());
            if (etag.isPresent()) {
                renewedSince = begun;
                Seen renewed = new Seen(next, etag.get());
                held = renewed;
                return renewed;
            }
            held = foundAgain(next);
        }
        throw lost("it changes faster than it can be renewed");
    }

    private Seen ours() {
        Seen seen = held;
        if (seen == null) {
            throw new IllegalStateException("the lease was not taken");
        }
        return seen;
    }

    /** Our own, written by a request of which the answer was lost. One that is gone is lost: who had it may have ended. */
    private Seen foundAgain(Lease next) {
        Seen seen = file.look()
                .orElseThrow(() -> lost("another run took it over and ended, or somebody deleted the backup"));
        if (!seen.lease().token().equals(next.token())) {
            throw lost(LeaseHolder.describe(seen.lease()) + " took it over");
        }
        return seen;
    }

    private MigratorException lost(String how) {
        MigratorException fault = MigratorException.unable(
                Failure.LOCKED,
                "keep",
                file.place(),
                how,
                "Let one run at a time work on a backup; run this command again when the other has ended.");
        lost = fault;
        return fault;
    }

    /**
     * Removes the lease that an execution of this run left where it died after its last write; another's is left alone.
     * Only for a run whose job database proves that no other process has it.
     */
    public synchronized void removeLeft(String holder) {
        file.look()
                .filter(seen -> held == null && seen.lease().holder().equals(holder))
                .ifPresent(this::remove);
    }

    /**
     * Said before it is removed, so that nobody takes it meanwhile and loses it again. Repeated here, since the store sends
     * such a write once.
     */
    private void remove(Seen last) {
        terms.givingBack().call(() -> {
            Optional<Seen> ours = Optional.of(last);
            for (int attempt = 0; attempt < LOST_ANSWERS && ours.isPresent(); attempt++) {
                if (released(ours.get())) {
                    file.remove();
                    return true;
                }
                // Refused also where our own write came first, by a request of which the answer was lost.
                ours = file.look()
                        .filter(now -> now.lease().token().equals(last.lease().token()));
            }
            return false;
        });
    }

    private boolean released(Seen seen) {
        Lease end = seen.lease().released(Instant.now());
        return seen.lease().released() || file.replace(end, seen.etag()).isPresent();
    }

    /** Gives the lease back. Where that fails, the next run has to wait until it is stale; said, but no fault. */
    @Override
    public void close() {
        if (heartbeat != null) {
            heartbeat.close();
        }
        try (connection) {
            // A beat that hangs in the store has the lease in hand, and giving it back would hang there, too.
            if (heartbeat == null || heartbeat.ended()) {
                release();
            }
        } catch (MigratorException e) {
            notes.accept("the lease could not be given back; other runs wait up to %d s for it: %s"
                    .formatted(terms.stale().toSeconds(), e.getMessage()));
        }
    }

    private synchronized void release() {
        Seen last = held;
        held = null;
        if (last != null && lost == null) {
            remove(last);
        }
    }
}
