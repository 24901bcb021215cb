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
import io.migrator.remote.RemotePartitions;
import io.migrator.remote.WorkerLoop;
import io.migrator.report.Progress;
import java.time.Duration;
import org.springframework.batch.core.partition.PartitionHandler;
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
                name,
                identity,
                ThisProcess.programVersion(),
                Places.of(request.config()),
                request.withDefaults(),
                request.parameters().keySet());
        return new RemoteRun(request, workers, offer, database, repository, stop, progress);
    }

    @Override
    public PartitionHandler handler(String step, Course course) {
        return (splitter, manager) -> {
            Offers offers = new Offers(
                    database.dataSource(), database.shared().orElseThrow().common());
            offers.prepare();
            PartitionHandler others = new RemotePartitions(
                    repository,
                    database.transactions(),
                    offers,
                    offer,
                    stop,
                    database::requireHeld,
                    progress::note,
                    step,
                    course);
            if (workers.threads() == 0) {
                return others.handle(splitter, manager);
            }
            try (WorkerSessions sessions = new WorkerSessions(request.config().repository());
                    OwnThreads own = begin(sessions)) {
                return own.during(() -> others.handle(splitter, manager));
            }
        };
    }

    /** What is done while they work. */
    private interface Waiting<T> {
        T run() throws Exception;
    }

    /** The threads of this process, which end once nothing is left. */
    private record OwnThreads(StopSignal stop, Thread thread) implements AutoCloseable {
        <T> T during(Waiting<T> waiting) throws Exception {
            thread.start();
            return waiting.run();
        }

        @Override
        public void close() {
            stop.request();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private OwnThreads begin(WorkerSessions sessions) {
        RunHelp help = new RunHelp(request.config(), sessions, workers.threads(), progress);
        WorkerLoop.Self self = new WorkerLoop.Self(
                help.id(),
                offer.version(),
                offer.places(),
                workers.threads(),
                offer::equals,
                help::shareAmong,
                Duration.ZERO);
        StopSignal end = new StopSignal();
        Thread thread = new Thread(
                () -> new WorkerLoop(new Offers(sessions.common(), sessions.schema()), self, help, end, line -> {})
                        .run(),
                "own-workers");
        thread.setDaemon(true);
        return new OwnThreads(end, thread);
    }
}
