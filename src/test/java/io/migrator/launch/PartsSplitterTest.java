package io.migrator.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.launch.state.JobDatabase;
import io.migrator.remote.PartsSplitter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.dao.DataAccessException;

/** What Batch keeps of the parts of a step, as the repository of a run makes it. */
class PartsSplitterTest {
    /** Batch's column takes a hundred letters. */
    private static final String TOO_LONG = "9-" + "9".repeat(200);

    @TempDir
    Path stateDir;

    private JobDatabase database;
    private JobRepository repository;
    private StepExecution manager;

    @BeforeEach
    void open() {
        database = JobDatabase.open(stateDir, "work", UnaryOperator.identity());
        repository = JobRun.repository(database.dataSource());
        JobParameters none = new JobParameters();
        JobExecution job = repository.createJobExecution(
                repository.createJobInstance("backup", none), none, new ExecutionContext());
        manager = repository.createStepExecution("copy", job);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<String> split(String... names) {
        Map<String, ExecutionContext> parts = new LinkedHashMap<>();
        for (String name : names) {
            parts.put(name, new ExecutionContext());
        }
        return new PartsSplitter(repository, database.transactions(), "copy", size -> parts)
                .split(manager, 1).stream().map(StepExecution::getStepName).toList();
    }

    private List<String> kept() {
        return database.jdbc()
                .queryForList(
                        "select STEP_NAME from BATCH_STEP_EXECUTION join BATCH_STEP_EXECUTION_CONTEXT"
                                + " using (STEP_EXECUTION_ID) where STEP_NAME <> 'copy' order by BATCH_STEP_EXECUTION.STEP_EXECUTION_ID",
                        String.class);
    }

    /** Their order is that in which they are begun. */
    @Test
    void keepsTheOrderOfTheParts() {
        assertThat(split("40-49", "0-9", "10-19", "30-39"))
                .containsExactly("copy:40-49", "copy:0-9", "copy:10-19", "copy:30-39");

        assertThat(kept()).containsExactly("copy:40-49", "copy:0-9", "copy:10-19", "copy:30-39");
    }

    @Test
    void makesAllOrNone() {
        assertThatThrownBy(() -> split("0-9", TOO_LONG)).isInstanceOf(DataAccessException.class);

        assertThat(kept()).isEmpty();
    }

    /** One of a run before, however that ended, is no reason to leave out any. */
    @Test
    void makesThemAnew() {
        split("0-9");

        split("0-9", "10-19");

        assertThat(kept()).containsExactly("copy:0-9", "copy:0-9", "copy:10-19");
    }
}
