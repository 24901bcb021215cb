package io.migrator.lab;

import io.migrator.config.RepositoryConfig;
import io.migrator.report.Progress;
import io.migrator.report.Stage;
import java.util.Random;

/** Ends sessions of runs with a PostgreSQL at the begin of their stages and amid them, so many times: as where its network fails. */
public final class SessionBreaks implements Progress {
    private static final int ONE_IN = 3;

    private final RepositoryConfig database;
    private final Random dice;
    private int left;

    public SessionBreaks(RepositoryConfig database, long seed, int most) {
        this.database = database;
        this.dice = new Random(seed);
        this.left = most;
    }

    /** How many of the times are left. */
    public synchronized int left() {
        return left;
    }

    private synchronized void strike() {
        if (left > 0 && dice.nextInt(ONE_IN) == 0) {
            left--;
            // Now all but the one of the lock, now that, too.
            String those =
                    dice.nextBoolean() ? "" : " and pid not in (select pid from pg_locks where locktype = 'advisory')";
            PostgresServer.rows(
                    database,
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                            + " and application_name like 'migrator%' and pid <> pg_backend_pid()" + those);
        }
    }

    @Override
    public void stage(Stage stage) {
        strike();
    }

    @Override
    public void advance(long objects, long bytes) {
        strike();
    }

    @Override
    public void note(String line) {}
}
