package io.migrator.launch;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.JdbcTemplate;

/** The last execution of a work that is not complete, as a person is told of it. Asked before a new one is made of it. */
record RunBefore(Instant began, Instant ended, String how) {
    /** Empty where none began since the work was last complete. */
    static Optional<RunBefore> in(JdbcTemplate jdbc) {
        List<RunBefore> last = jdbc.query(
                "select e.STATUS, coalesce(e.START_TIME, e.CREATE_TIME), coalesce(e.END_TIME,"
                        + " (select max(s.LAST_UPDATED) from BATCH_STEP_EXECUTION s"
                        + " where s.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID), e.LAST_UPDATED, e.CREATE_TIME)"
                        + " from BATCH_JOB_EXECUTION e"
                        + " where e.JOB_EXECUTION_ID = (select max(JOB_EXECUTION_ID) from BATCH_JOB_EXECUTION)",
                (row, index) -> new RunBefore(
                        instant(row.getTimestamp(2)), instant(row.getTimestamp(3)), how(row.getString(1))));
        return last.stream().filter(run -> !run.how().isEmpty()).findFirst();
    }

    private static Instant instant(@Nullable Timestamp local) {
        return (local == null ? Instant.EPOCH : local.toInstant()).truncatedTo(ChronoUnit.SECONDS);
    }

    private static String how(String status) {
        return switch (BatchStatus.valueOf(status)) {
            case COMPLETED -> "";
            case STOPPED -> "was stopped";
            case STARTING, STARTED, STOPPING, UNKNOWN -> "was killed";
            case FAILED, ABANDONED -> "failed";
        };
    }

    String told() {
        return "continuing the run of %s, which %s at %s".formatted(began, how, ended);
    }
}
