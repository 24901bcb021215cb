package io.migrator.remote;

import java.util.List;
import java.util.Optional;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows of Batch that say how partitions stand. The version of a row is whose it is: who begins with a partition raises it, and
 * a worker that does not know yet that it lost its own then writes nothing any more. For many threads.
 */
final class StepRows {
    private static final String OPEN = "STATUS in ('STARTING', 'STARTED', 'STOPPING', 'UNKNOWN')";

    private final JdbcTemplate jdbc;

    StepRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** How a row stands. */
    record Standing(BatchStatus status, int version) {}

    /** The partitions of one step of one execution. */
    record Of(long job, String step) {
        private String where() {
            // A name of ours, without a quote in it.
            return "JOB_EXECUTION_ID = %d and left(STEP_NAME, %d) = '%s:'".formatted(job, step.length() + 1, step);
        }
    }

    /** Empty where there is none. */
    Optional<Standing> standing(long execution) {
        return jdbc
                .query(
                        "select STATUS, VERSION from BATCH_STEP_EXECUTION where STEP_EXECUTION_ID = ?",
                        (row, index) -> new Standing(BatchStatus.valueOf(row.getString(1)), row.getInt(2)),
                        execution)
                .stream()
                .findFirst();
    }

    /** Within a transaction: fails where the row has another version, and keeps it as it is until the end. */
    void requireVersion(long execution, int version) {
        List<Integer> found = jdbc.query(
                "select 1 from BATCH_STEP_EXECUTION where STEP_EXECUTION_ID = ? and VERSION = ? for share",
                (row, index) -> row.getInt(1),
                execution,
                version);
        if (found.isEmpty()) {
            throw new PartitionLostException(execution);
        }
    }

    List<Long> open(Of partitions) {
        return jdbc.query(
                "select STEP_EXECUTION_ID from BATCH_STEP_EXECUTION where " + partitions.where() + " and " + OPEN
                        + " order by STEP_EXECUTION_ID",
                (row, index) -> row.getLong(1));
    }

    /** Ends those that nobody works on as stopped. */
    void stop(Of partitions) {
        jdbc.update("update BATCH_STEP_EXECUTION set STATUS = 'STOPPED', EXIT_CODE = 'STOPPED', VERSION = VERSION + 1,"
                + " END_TIME = current_timestamp where " + partitions.where() + " and " + OPEN);
    }

    /** Has somebody begin with it again. */
    void reopen(long execution) {
        jdbc.update(reopening(), execution);
    }

    /** The same where the row is still the caller's; false where it is not. */
    boolean giveBack(long execution, int version) {
        return jdbc.update(reopening() + " and VERSION = ?", execution, version) == 1;
    }

    private static String reopening() {
        return "update BATCH_STEP_EXECUTION set STATUS = 'STARTING', EXIT_CODE = 'EXECUTING', EXIT_MESSAGE = '',"
                + " END_TIME = null, VERSION = VERSION + 1 where STEP_EXECUTION_ID = ?";
    }

    void fail(long execution) {
        jdbc.update(
                "update BATCH_STEP_EXECUTION set STATUS = 'FAILED', EXIT_CODE = 'FAILED', VERSION = VERSION + 1,"
                        + " END_TIME = current_timestamp where STEP_EXECUTION_ID = ?",
                execution);
    }
}
