package io.migrator.remote;

import io.migrator.batch.Transactions;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * How many workers share the limits of a run now: those that have a part of it, and this one. Whoever waits for work uses nothing
 * of them. For many threads.
 */
public final class Sharers implements IntSupplier {
    /** Who has not been heard of for so long does not count. */
    private static final Duration ALIVE = Duration.ofSeconds(15);

    private final PartitionReports reports;
    private final String worker;
    private volatile int all;
    /** When the last look began that was answered. */
    private volatile long asked = System.nanoTime();

    /**
     * @param transactions the run's schema
     * @param worker name of this one
     */
    public Sharers(Transactions transactions, String worker) {
        this.reports = new PartitionReports(transactions.jdbc());
        this.worker = worker;
        look();
    }

    /** Asks for it, for those who use it next. */
    void look() {
        long now = System.nanoTime();
        int found = 1 + reports.others(worker);
        // Where PostgreSQL was away for all, no beat is young: each would take itself for the only one.
        all = now - asked > ALIVE.toNanos() ? Math.max(all, found) : found;
        asked = now;
    }

    @Override
    public int getAsInt() {
        return all;
    }
}
