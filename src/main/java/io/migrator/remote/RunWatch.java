package io.migrator.remote;

import io.migrator.remote.ClaimedPartition.End;
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

    private final Offer offer;
    private final Offers offers;
    private final PartitionReports reports;
    private final List<ClaimedPartition> active;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean open = true;

    RunWatch(Offer offer, Offers offers, PartitionReports reports, List<ClaimedPartition> active) {
        this.offer = offer;
        this.offers = offers;
        this.reports = reports;
        this.active = active;
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
        return open;
    }

    private void run(Runnable turn) {
        try {
            do {
                try {
                    turn.run();
                } catch (DataAccessException | TransactionException e) {
                    // What is at work ends by itself where that lasts.
                    open = false;
                    LOG.debug("looking at a helped run", e);
                }
            } while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        long now = System.nanoTime();
        Optional<Offers.Standing> standing = offers.standing(offer);
        boolean alive = standing.isPresent() && standing.get().unheard().compareTo(Offers.HEARD) < 0;
        open = alive && !standing.get().stopping();
        for (ClaimedPartition one : active) {
            if (standing.isEmpty()) {
                one.end(End.LOST);
            } else if (standing.get().stopping()) {
                one.end(End.RUN_STOPS);
            } else if (alive) {
                one.heard(now - standing.get().unheard().toNanos());
            }
            if (!reports.beat(one.execution(), one.claim(), one.objects(), one.bytes())) {
                one.end(End.LOST);
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
