package io.migrator.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.support.ListItemReader;

/** What becomes of a step of chunks that is told to stop. */
class StepFactoryTest {
    private final StopSignal stop = new StopSignal();
    private final List<Integer> written = new ArrayList<>();

    /** Of five items by two, and asked to stop when the one is written. */
    private BatchStatus stoppedAt(int item) throws Exception {
        JobRepository repository = new ResourcelessJobRepository();
        JobParameters none = new JobParameters();
        JobExecution job =
                repository.createJobExecution(repository.createJobInstance("job", none), none, new ExecutionContext());
        StepExecution execution = repository.createStepExecution("step", job);
        new StepFactory(repository, stop)
                .<Integer>chunked("step", 2, new ListItemReader<>(List.of(1, 2, 3, 4, 5)), chunk -> {
                    written.addAll(chunk.getItems());
                    if (chunk.getItems().contains(item)) {
                        stop.request();
                    }
                })
                .execute(execution);
        return execution.getStatus();
    }

    @Test
    void isCompleteWhereNobodyStopsIt() throws Exception {
        assertThat(stoppedAt(0)).isEqualTo(BatchStatus.COMPLETED);
        assertThat(written).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void endsAtTheChunkThatIsAtWork() throws Exception {
        assertThat(stoppedAt(1)).isEqualTo(BatchStatus.STOPPED);
        assertThat(written).containsExactly(1, 2);
    }

    /** Its writer may have left out some of it: who takes that for done would never come back to it. */
    @Test
    void isNotCompleteWhereItsLastChunkWasStopped() throws Exception {
        assertThat(stoppedAt(5)).isEqualTo(BatchStatus.STOPPED);
    }
}
