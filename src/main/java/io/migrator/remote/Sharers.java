package io.migrator.remote;

import io.migrator.batch.Transactions;
import java.util.function.IntSupplier;

/**
 * How many workers share the limits of a run now: those that have a part of it, and this one. Whoever waits for work uses nothing
 * of them. For many threads.
 */
public final class Sharers implements IntSupplier {
    private final PartitionReports reports;
    private final String worker;
    private volatile int all;

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
        all = 1 + reports.others(worker);
    }

    @Override
    public int getAsInt() {
        return all;
    }
}
