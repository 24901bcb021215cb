package io.migrator.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.launch.state.JobDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.NoSuchJobException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

final class JobRecordsTest {
    private static final JobParameters PARAMETERS =
            new JobParametersBuilder().addString("identity", "work").toJobParameters();

    private final JobDatabase database;
    private final JobRepository records;

    JobRecordsTest(@TempDir Path dir) throws Exception {
        this.database = JobDatabase.open(dir, "work", source -> source);
        this.records = new JobRecords(database.dataSource()).open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @BeforeEach
    void make() {
        created("first");
    }

    private JobExecution created(String job) {
        return records.createJobExecution(
                records.createJobInstance(job, PARAMETERS), PARAMETERS, new ExecutionContext());
    }

    private void rolledBack(Runnable work) {
        new TransactionTemplate(new JdbcTransactionManager(database.dataSource())).executeWithoutResult(status -> {
            work.run();
            status.setRollbackOnly();
        });
    }

    /** An execution is there whatever becomes of the work around. */
    @Test
    void whatIsCreatedIsCommittedByItself() {
        rolledBack(() -> created("second"));

        assertThat(records.getLastJobExecution("second", PARAMETERS)).isNotNull();
    }

    /** A checkpoint goes with the rows of its chunk, or not at all. */
    @Test
    void anUpdateBelongsToTheTransactionAround() {
        JobExecution execution = records.getLastJobExecution("first", PARAMETERS);

        rolledBack(() -> {
            execution.getExecutionContext().putString("read", "10");
            records.updateExecutionContext(execution);
        });

        assertThat(records.getLastJobExecution("first", PARAMETERS)
                        .getExecutionContext()
                        .isEmpty())
                .isTrue();
    }

    /** As a log or a debugger asks. */
    @Test
    void whatEveryObjectAnswersNeedsNoDatabase(@TempDir Path gone) throws Exception {
        JobDatabase closed = JobDatabase.open(gone, "closed", source -> source);
        JobRepository without = new JobRecords(closed.dataSource()).open();
        closed.close();

        assertThat(without.toString()).isNotEmpty();
        assertThat(without.hashCode()).isEqualTo(without.hashCode());
    }

    @Test
    void failuresComeAsTheyAre() {
        JobExecution execution = records.getLastJobExecution("first", PARAMETERS);

        assertThatThrownBy(() -> records.getJobInstanceCount("third")).isInstanceOf(NoSuchJobException.class);
        database.jdbc().execute("alter table BATCH_JOB_EXECUTION rename to GONE");
        assertThatThrownBy(() -> records.update(execution)).isInstanceOf(BadSqlGrammarException.class);
    }
}
