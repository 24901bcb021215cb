package io.migrator.launch;

import io.migrator.batch.JobWork;
import io.migrator.batch.StopSignal;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** One job instance inside a Spring context: recovers a dead execution, starts or restarts. */
final class JobRun implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final JdbcTemplate jdbc;
    private final JobParameters parameters;

    /** @param identity digest of the work; the parameters themselves may be longer than Batch's column */
    JobRun(String identity, JobDatabase database, JobWork work, StopSignal stop) {
        this.jdbc = database.jdbc();
        this.parameters = new JobParametersBuilder()
                .addString("identity", identity)
                .addLong("round", database.completedRuns() + 1)
                .toJobParameters();
        SpringApplication application = new SpringApplicationBuilder(LaunchConfiguration.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(
                        "spring.batch.job.enabled=false",
                        "spring.batch.jdbc.initialize-schema=never",
                        "spring.main.lazy-initialization=true",
                        "spring.jmx.enabled=false")
                .initializers(child -> {
                    GenericApplicationContext beans = (GenericApplicationContext) child;
                    beans.registerBean(DataSource.class, database::dataSource);
                    beans.registerBean(JobWork.class, () -> work);
                    beans.registerBean(StopSignal.class, () -> stop);
                    beans.registerBean(CleanRecords.class, CleanRecords::new);
                })
                .build();
        application.setAddCommandLineProperties(false);
        this.context = application.run();
    }

    /** Starts the work or goes on with it; returns when the execution ended. */
    JobExecution start() throws JobExecutionException {
        closeDeadExecutions();
        return context.getBean(JobOperator.class).start(context.getBean(Job.class), parameters);
    }

    /**
     * This process holds the database's lock, so whatever the tables call running died. Done by SQL because Batch's own
     * recover refuses UNKNOWN and misses an execution whose end time was written while a step's was not.
     */
    private void closeDeadExecutions() {
        for (String table : new String[] {"BATCH_STEP_EXECUTION", "BATCH_JOB_EXECUTION"}) {
            jdbc.update("update " + table + " set STATUS = 'FAILED', EXIT_CODE = 'FAILED',"
                    + " END_TIME = coalesce(END_TIME, current_timestamp)"
                    + " where STATUS in ('STARTING', 'STARTED', 'STOPPING', 'UNKNOWN')");
        }
        // Batch makes an instance and its execution in two transactions, and cannot go on with the one alone.
        jdbc.update("delete from BATCH_JOB_INSTANCE"
                + " where JOB_INSTANCE_ID not in (select JOB_INSTANCE_ID from BATCH_JOB_EXECUTION)");
    }

    @Override
    public void close() {
        context.close();
    }
}
