package io.migrator.batch;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Builds steps that honour the stop signal. Every step may run again after it completed: each looks into the job's own
 * tables for what is left to do, which is what makes a restart safe after a death at any moment.
 */
public final class StepFactory {
    private final JobRepository repository;
    private final StopSignal stop;
    private final @Nullable RemoteSteps remote;
    private final EarlierHelp earlier;

    public StepFactory(JobRepository repository, StopSignal stop) {
        this(repository, stop, null, EarlierHelp.NONE);
    }

    /**
     * @param remote how partitions are worked off in other processes; null where this run has none
     * @param earlier those of runs before
     */
    public StepFactory(JobRepository repository, StopSignal stop, @Nullable RemoteSteps remote, EarlierHelp earlier) {
        this.repository = repository;
        this.stop = stop;
        this.remote = remote;
        this.earlier = earlier;
    }

    public Optional<RemoteSteps> remote() {
        return Optional.ofNullable(remote);
    }

    public EarlierHelp earlier() {
        return earlier;
    }

    /** Whether other processes work for this run, or did for one before. */
    public boolean helped() {
        return remote != null || earlier.was();
    }

    public StopSignal stop() {
        return stop;
    }

    /** What a step does that has no items. */
    public interface Work {
        void run() throws JobInterruptedException;
    }

    public Step single(String name, Work work) {
        return conclusion(name, () -> {
            stop.check();
            work.run();
        });
    }

    /** The last step of a job where it only tells what was done: a stop that comes when nothing else is left stops nothing. */
    public Step conclusion(String name, Work work) {
        return new StepBuilder(name, repository)
                .tasklet((contribution, context) -> {
                    work.run();
                    return RepeatStatus.FINISHED;
                })
                .allowStartIfComplete(true)
                .build();
    }

    /** A step of chunks; the checkpoint is taken after each. One that was stopped is never complete, also not after its last. */
    public <T> Step chunked(String name, int chunk, ItemReader<T> reader, ItemWriter<T> writer) {
        AtomicReference<@Nullable StepExecution> running = new AtomicReference<>();
        return new StepBuilder(name, repository)
                .<T, T>chunk(chunk)
                .reader(reader)
                .writer(items -> {
                    writer.write(items);
                    StepExecution execution = running.get();
                    // Nobody asks after the last chunk, of which the writer may have left some undone.
                    if (stop.requested() && execution != null) {
                        execution.setTerminateOnly();
                    }
                })
                .interruptionPolicy(execution -> {
                    running.set(execution);
                    if (stop.requested()) {
                        // The chunk loop ends quietly on the exception alone; this makes the step STOPPED.
                        execution.setTerminateOnly();
                    }
                    stop.check();
                })
                .allowStartIfComplete(true)
                .build();
    }

    /** A step whose partitions run on up to {@code workers} threads, each with a step of its own from the source. */
    public Step partitioned(String name, int workers, Partitioner partitioner, PartitionStep.Source source) {
        return partitioned(name, workers, partitioner, source, () -> {});
    }

    /**
     * The same.
     *
     * @param after runs once all partitions have ended, however they did
     */
    public Step partitioned(
            String name, int workers, Partitioner partitioner, PartitionStep.Source source, Runnable after) {
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(name + "-");
        executor.setConcurrencyLimit(workers);
        return new StepBuilder(name, repository)
                .partitioner(name, partitioner)
                .step(new PartitionStep(name, source))
                .gridSize(workers)
                .taskExecutor(executor)
                .allowStartIfComplete(true)
                .listener(atEnd(after))
                .build();
    }

    /** A step whose partitions other processes work off. */
    public Step partitioned(String name, RemoteSteps others, RemoteSteps.Course course, Partitioner partitioner) {
        return new StepBuilder(name, repository)
                .partitioner(name, partitioner)
                .splitter(others.splitter(name, partitioner))
                .partitionHandler(others.handler(name, course))
                .allowStartIfComplete(true)
                .build();
    }

    private static StepExecutionListener atEnd(Runnable after) {
        return new StepExecutionListener() {
            @Override
            public @Nullable ExitStatus afterStep(StepExecution execution) {
                after.run();
                return null;
            }
        };
    }
}
