package io.migrator.launch;

import io.migrator.batch.CopyWorkers;
import io.migrator.batch.RemoteSteps;
import io.migrator.batch.StopSignal;
import io.migrator.batch.ThisProcess;
import io.migrator.launch.postgres.WorkerSessions;
import io.migrator.launch.request.JobRequest;
import io.migrator.launch.state.JobStore;
import io.migrator.launch.state.JobStore.SharedPlace;
import io.migrator.remote.Offer;
import io.migrator.remote.Offers;
import io.migrator.remote.PartsSplitter;
import io.migrator.remote.RemotePartitions;
import io.migrator.remote.WorkerLoop;
import io.migrator.report.Progress;
import java.time.Duration;
import java.util.List;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;

/** The run that other processes help: what it offers them, and the threads of its own that take part as one of them. */
final class RemoteRun implements RemoteSteps {
    private final JobRequest request;
    private final CopyWorkers workers;
    private final Offer offer;
    private final JobStore database;
    private final JobRepository repository;
    private final StopSignal stop;
    private final Progress progress;

    private RemoteRun(
            JobRequest request,
            CopyWorkers workers,
            Offer offer,
            JobStore database,
            JobRepository repository,
            StopSignal stop,
            Progress progress) {
        this.request = request;
        this.workers = workers;
        this.offer = offer;
        this.database = database;
        this.repository = repository;
        this.stop = stop;
        this.progress = progress;
    }

    /** @param identity digest of the work */
    static RemoteSteps of(
            JobRequest request,
            CopyWorkers workers,
            String name,
            String identity,
            JobStore database,
            JobRepository repository,
            StopSignal stop,
            Progress progress) {
        SharedPlace place = database.shared().orElseThrow();
        Offer offer = new Offer(
                place.schema(),
                place.epoch(),
                request.job().jobName(),
                name,
                identity,
                ThisProcess.programVersion(),
                Places.of(request.job(), request.config(), new Offers(database.dataSource(), place.common()).role()),
                request.withDefaults(),
                request.parameters().keySet());
        return new RemoteRun(request, workers, offer, database, repository, stop, progress);
    }

    @Override
    public StepExecutionSplitter splitter(String step, Partitioner partitioner) {
        return new PartsSplitter(repository, database.transactions(), step, partitioner);
    }

    @Override
    public PartitionHandler handler(String step, Course course) {
        return (splitter, manager) -> {
            Offers offers = new Offers(
                    database.dataSource(), database.shared().orElseThrow().common());
            offers.prepare();
            if (workers.threads() == 0) {
                return others(offers, step, course).handle(splitter, manager);
            }
            try (WorkerSessions sessions = new WorkerSessions(request.config().repository());
                    OwnThreads own = begin(sessions)) {
                return others(offers, step, own.watched(course)).handle(splitter, manager);
            }
        };
    }

    private PartitionHandler others(Offers offers, String step, Course course) {
        return new RemotePartitions(
                repository,
                database.transactions(),
                offers,
                offer,
                stop,
                database::requireHeld,
                progress::note,
                step,
                course);
    }

    private OwnThreads begin(WorkerSessions sessions) {
        RunHelp help = new RunHelp(request.config(), sessions, workers.threads(), progress, true);
        WorkerLoop.Self self = new WorkerLoop.Self(
                help.id(), offer.version(), List.of(offer.places()), workers.threads(), offer::equals, Duration.ZERO);
        return OwnThreads.begin(
                end -> new WorkerLoop(new Offers(sessions.common(), sessions.schema()), self, help, end, progress::note)
                        .run());
    }
}
