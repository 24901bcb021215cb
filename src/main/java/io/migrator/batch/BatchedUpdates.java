package io.migrator.batch;

import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes many rows of the job database with one commit: each would cost a write to the disk. */
public final class BatchedUpdates {
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;

    public BatchedUpdates(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.transactions =
                new TransactionTemplate(new JdbcTransactionManager(Objects.requireNonNull(jdbc.getDataSource())));
    }

    /** All rows or none. */
    public void run(String sql, List<Object[]> rows) {
        if (!rows.isEmpty()) {
            transactions.executeWithoutResult(status -> jdbc.batchUpdate(sql, rows));
        }
    }
}
