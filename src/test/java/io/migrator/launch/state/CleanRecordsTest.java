package io.migrator.launch.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.KnownSecrets;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.StepExecution;

class CleanRecordsTest {
    @Test
    void noTraceInTheJobDatabaseQuotesASecret() {
        KnownSecrets.ofThisProcess().learn("sesame of records");
        JobRepository repository = CleanRecords.clean(new ResourcelessJobRepository());
        JobExecution job = new JobExecution(1, new JobInstance(1, "backup"), new JobParameters());
        StepExecution step = new StepExecution(1, "preflight", job);
        step.setExitStatus(ExitStatus.FAILED.addExitDescription(
                new IllegalArgumentException("Illegal character in 'sesame of records'")));

        repository.update(step);

        assertThat(step.getExitStatus().getExitDescription())
                .contains("Illegal character in '****'")
                .doesNotContain("sesame");
    }
}
