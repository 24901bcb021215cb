package io.migrator.remote;

import io.migrator.failure.SqlStates;
import io.migrator.remote.ClaimedPartition.End;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Looks once a second whether a helped run lives and goes on, and tells it how far the partitions of this worker are. */
final class RunWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunWatch.class);
    private static final long PAUSE_MILLIS = 1000;
    private static final String ENDED = "57P01";
    private static final String FENCED = "22012";

    private final Offer offer;
    private final Offers offers;
    private final PartitionReports reports;
    private final List<ClaimedPartition> active;
    private final Sharers sharers;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean stopping;
    /** When the run was alive, as far as is known: nothing is before the first look. */
    private volatile long heard = System.nanoTime() - Offers.HEARD.toNanos();

    RunWatch(Offer offer, Offers offers, PartitionReports reports, List<ClaimedPartition> active, Sharers sharers) {
        this.offer = offer;
        this.offers = offers;
        this.reports = reports;
        this.active = active;
        this.sharers = sharers;
        turn(this::look);
        // A look may hang in the network for minutes; what is at work must notice.
        begin("helped-run", this::look);
        begin("helped-run-clock", () -> active.forEach(ClaimedPartition::requireHeard));
    }

    private void begin(String name, Runnable turn) {
        Thread thread = new Thread(() -> run(turn), name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether partitions may be taken. */
    boolean open() {
        return !stopping && System.nanoTime() - heard < ClaimedPartition.BEGINS.toNanos();
    }

    /** When the run was alive, by this process' monotonic clock. */
    long heard() {
        return heard;
    }

    private void run(Runnable turn) {
        try {
            do {
                turn(turn);
            } while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn(Runnable turn) {
        try {
            turn.run();
        } catch (DataAccessException | TransactionException e) {
            // What is at work ends by itself where that lasts.
            if (isLost(e)) {
                active.forEach(one -> one.end(End.LOST));
            }
            LOG.debug("looking at a helped run", e);
        }
    }

    /** A session was ended, as the run that takes the work next does with all, or its fence fails: no row to divide by. */
    private static boolean isLost(Exception thrown) {
        return SqlStates.in(thrown).stream()
                .map(SQLException::getSQLState)
                .anyMatch(state -> ENDED.equals(state) || FENCED.equals(state));
    }

    private void look() {
        long now = System.nanoTime();
        Optional<Offers.Standing> standing = offers.standing(offer);
        stopping = standing.isEmpty() || standing.get().stopping();
        if (standing.isPresent()) {
            heard = now - standing.get().unheard().toNanos();
        }
        for (ClaimedPartition one : active) {
            if (standing.isEmpty()) {
                one.end(End.LOST);
                continue;
            }
            if (standing.get().stopping()) {
                one.end(End.RUN_STOPS);
            } else {
                one.heard(heard);
            }
            if (!reports.beat(
                    one.execution(),
                    one.claim(),
                    one.objects(),
                    one.bytes(),
                    standing.get().asked())) {
                one.end(End.LOST);
            }
        }
        if (!active.isEmpty()) {
            sharers.look();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
