package io.migrator.launch.state;

import io.migrator.batch.Transactions;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What one piece of work is known by: the tables of Batch and of its job, open for one run alone. */
public interface JobStore extends AutoCloseable {
    DataSource dataSource();

    /** The same as the tables of a job use it. */
    Transactions transactions();

    /** Forgets everything, for work that was completed but is not there any more: never for a restore. */
    void reset();

    /** LOCKED where another run has it by now, REPOSITORY where that cannot be told any more. */
    void requireHeld();

    @Override
    void close();

    default JdbcTemplate jdbc() {
        return new JdbcTemplate(dataSource());
    }

    default boolean holdsCompletedRun() {
        return completedRuns() > 0;
    }

    /** How often the work came to its end. Batch starts no job instance again that did, so each time is a round of its own. */
    default long completedRuns() {
        Long completed = jdbc().queryForObject(
                        "select count(*) from BATCH_JOB_EXECUTION where STATUS = 'COMPLETED'", Long.class);
        return completed == null ? 0 : completed;
    }
}
