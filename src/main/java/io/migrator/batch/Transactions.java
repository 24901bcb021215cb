package io.migrator.batch;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The job database as the tables of a job use it: several statements that are one fact are one transaction, and a fact that
 * something outside rests on is on the disk before that is done. One for each job, handed to all its tables. For many
 * threads.
 */
public final class Transactions {
    private final JdbcTemplate jdbc;
    private final Engine engine;
    private final TransactionTemplate template;
    private final Runnable fence;
    private final AtomicLong asked = new AtomicLong();
    private final Object forcing = new Object();
    private long forced;

    public Transactions(JdbcTemplate jdbc) {
        this(jdbc, Engine.H2);
    }

    public Transactions(JdbcTemplate jdbc, Engine engine) {
        this(jdbc, engine, () -> {});
    }

    private Transactions(JdbcTemplate jdbc, Engine engine, Runnable fence) {
        this.jdbc = jdbc;
        this.engine = engine;
        this.fence = fence;
        this.template =
                new TransactionTemplate(new JdbcTransactionManager(Objects.requireNonNull(jdbc.getDataSource())));
    }

    /**
     * The same database for one who may lose the right to write there: each transaction begins with the fence, which fails then,
     * and keeps the right until the transaction has ended.
     */
    public Transactions fenced(Runnable first) {
        return new Transactions(jdbc, engine, first);
    }

    /** For single statements; within {@link #run} they belong to its transaction. */
    public JdbcTemplate jdbc() {
        return jdbc;
    }

    /** All of it or nothing. Within another it is part of that one. */
    public void run(Runnable work) {
        template.executeWithoutResult(status -> {
            if (status.isNewTransaction()) {
                fence.run();
            }
            work.run();
        });
    }

    /** The same, with a result. */
    public <T> T get(Supplier<T> work) {
        AtomicReference<T> result = new AtomicReference<>();
        run(() -> result.set(work.get()));
        return Objects.requireNonNull(result.get());
    }

    /** Changes many rows, all or none: each by itself would cost a commit. */
    public void update(String sql, List<Object[]> rows) {
        if (!rows.isEmpty()) {
            run(() -> jdbc.batchUpdate(sql, rows));
        }
    }

    /** Changes the row, or adds it where there is none; both have the same arguments in the same order. */
    public void put(String update, String insert, Object... arguments) {
        run(() -> {
            if (jdbc.update(update, arguments) == 0) {
                jdbc.update(insert, arguments);
            }
        });
    }

    /** Makes the tables of a script. */
    public void script(String resource) {
        engine.run(Objects.requireNonNull(jdbc.getDataSource()), resource);
    }

    /** Rows of which only some are in memory at once, by a session of their own; the caller closes the stream. */
    public <T> Stream<T> stream(String sql, int fetch, RowMapper<T> mapper) {
        return engine.stream(jdbc, sql, fetch, mapper);
    }

    /**
     * All of it or nothing, and on the disk when it returns, so that what is done outside next may rest on it.
     *
     * @throws IllegalStateException within another transaction, whose end would be the commit
     */
    public void promise(Runnable work) {
        outermost(work);
        force();
    }

    /**
     * Has all that was committed before on the disk when it returns: a commit alone outlives the process, not the host.
     * Several threads that ask at once share a write.
     */
    public void force() {
        long mine = asked.incrementAndGet();
        synchronized (forcing) {
            if (forced < mine) {
                long covered = asked.get();
                outermost(() -> engine.force(jdbc));
                forced = covered;
            }
        }
    }

    private void outermost(Runnable work) {
        template.executeWithoutResult(status -> {
            if (!status.isNewTransaction()) {
                throw new IllegalStateException("within a transaction nothing can be promised");
            }
            work.run();
        });
    }
}
