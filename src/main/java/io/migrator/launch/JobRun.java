package io.migrator.launch;

import io.migrator.batch.EarlierHelp;
import io.migrator.batch.JobWork;
import io.migrator.batch.RemoteSteps;
import io.migrator.batch.StepFactory;
import io.migrator.batch.StopSignal;
import io.migrator.launch.state.CleanRecords;
import io.migrator.launch.state.JobStore;
import io.migrator.remote.PastHelp;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.MetaDataAccessException;

/**
 * One job instance over a JDBC job repository: recovers a dead execution, starts or restarts.
 *
 * <p>Batch's parts are put together by hand. A Spring Boot application around them costs each start a third of a second
 * on one core, and gives a program with one job and one database nothing.
 */
final class JobRun {
    private final JdbcTemplate jdbc;
    private final JobParameters parameters;
    private final JobOperator operator;
    private final Job job;

    /**
     * @param identity digest of the work; the parameters themselves may be longer than Batch's column
     * @param remote how other processes take part; null where none do
     */
    JobRun(
            String identity,
            JobStore database,
            JobWork work,
            StopSignal stop,
            Function<JobRepository, @Nullable RemoteSteps> remote) {
        this.jdbc = database.jdbc();
        this.parameters = new JobParametersBuilder()
                .addString("identity", identity)
                .addLong("round", database.completedRuns() + 1)
                .toJobParameters();
        JobRepository repository = repository(database.dataSource());
        this.operator = operator(repository);
        this.job = work.define(
                repository, new StepFactory(repository, stop, remote.apply(repository), earlier(database, stop)));
    }

    private static EarlierHelp earlier(JobStore database, StopSignal stop) {
        return database.shared()
                .<EarlierHelp>map(place ->
                        new PastHelp(database.dataSource(), place.common(), place.schema(), place.epoch(), stop))
                .orElse(EarlierHelp.NONE);
    }

    /** Batch's records in a database whose tables are there. */
    static JobRepository repository(DataSource database) {
        try {
            return CleanRecords.clean(new JobRecords(database).open());
        } catch (DataAccessException e) {
            throw e;
        } catch (MetaDataAccessException e) {
            throw new DataAccessResourceFailureException("the job database does not say what it is", e);
        } catch (Exception e) {
            throw new IllegalStateException("a job repository of Batch's own parts", e);
        }
    }

    private static JobOperator operator(JobRepository repository) {
        TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
        operator.setJobRepository(repository);
        operator.setJobRegistry(new MapJobRegistry());
        try {
            operator.afterPropertiesSet();
        } catch (Exception e) {
            throw new IllegalStateException("a job operator of Batch's own parts", e);
        }
        return operator;
    }

    /** Starts the work or goes on with it; returns when the execution ended. */
    JobExecution start() throws JobExecutionException {
        closeDeadExecutions();
        return operator.start(job, parameters);
    }

    /**
     * This process holds the work's lock, so whatever the tables call running died. Done by SQL because Batch's own
     * recover refuses UNKNOWN and misses an execution whose end time was written while a step's was not.
     */
    private void closeDeadExecutions() {
        for (String table : new String[] {"BATCH_STEP_EXECUTION", "BATCH_JOB_EXECUTION"}) {
            jdbc.update("update " + table + " set STATUS = 'FAILED', EXIT_CODE = 'FAILED', VERSION = VERSION + 1,"
                    + " END_TIME = coalesce(END_TIME, current_timestamp)"
                    + " where STATUS in ('STARTING', 'STARTED', 'STOPPING', 'UNKNOWN')");
        }
        // Batch makes an instance and its execution in two transactions, and cannot go on with the one alone.
        jdbc.update("delete from BATCH_JOB_INSTANCE"
                + " where JOB_INSTANCE_ID not in (select JOB_INSTANCE_ID from BATCH_JOB_EXECUTION)");
    }
}
