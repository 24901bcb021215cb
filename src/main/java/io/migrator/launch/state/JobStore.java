package io.migrator.launch.state;

import io.migrator.batch.Transactions;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What one piece of work is known by: the tables of Batch and of its job, open for one run alone. */
public interface JobStore extends AutoCloseable {
    DataSource dataSource();

    /** The same as the tables of a job use it. */
    Transactions transactions();

    /** Forgets everything, for work that was completed but is not there any more: never for a restore. */
    void reset();

    /**
     * Whether nothing was done yet that a later run could go on with: the first step did not end, and nothing was taken
     * down.
     */
    default boolean holdsNothing() {
        Long steps = jdbc().queryForObject(
                        "select count(*) from BATCH_STEP_EXECUTION where STATUS = 'COMPLETED'", Long.class);
        Long facts =
                jdbc().queryForObject("select count(*) from run_fact where name <> ?", Long.class, StateVersion.FACT);
        return Objects.equals(steps, 0L) && Objects.equals(facts, 0L);
    }

    /** Has nothing of it outlive this run where that made it, and it holds nothing. To be called before it is closed. */
    default void leaveNothing() {}

    /** LOCKED where another run has it by now, REPOSITORY where that cannot be told any more. */
    void requireHeld();

    @Override
    void close();

    /** Where other processes find it; empty where none can. */
    default Optional<SharedPlace> shared() {
        return Optional.empty();
    }

    /**
     * One that the processes of several hosts may open.
     *
     * @param common schema of all work
     * @param schema of this work
     * @param epoch number of this run's ownership
     */
    record SharedPlace(String common, String schema, long epoch) {}

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
