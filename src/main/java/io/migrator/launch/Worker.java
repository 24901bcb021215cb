package io.migrator.launch;

import io.migrator.batch.StopSignal;
import io.migrator.batch.ThisProcess;
import io.migrator.config.RepositoryConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.launch.postgres.WorkerSessions;
import io.migrator.launch.request.WorkerRequest;
import io.migrator.remote.Offers;
import io.migrator.remote.WorkerLoop;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import java.time.Duration;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** A process that takes parts of the runs of others, until it is told to stop. It keeps nothing of its own. */
public final class Worker {
    private final WorkerRequest request;
    private final Progress progress;
    private final StopSignal stop;

    public Worker(WorkerRequest request, Progress progress, Termination termination) {
        this(request, progress, termination.stop());
    }

    Worker(WorkerRequest request, Progress progress, StopSignal stop) {
        this.request = request;
        this.progress = progress;
        this.stop = stop;
    }

    /** Never throws for what a user can be told. */
    public RunOutcome run() {
        RepositoryConfig repository = request.config().repository();
        try {
            if (!repository.given()) {
                throw MigratorException.unable(
                        Failure.USAGE,
                        "work",
                        "worker",
                        "there is no PostgreSQL by which it could hear of runs",
                        "Set %s to the one that the runs use.".formatted(RepositoryConfig.URL));
            }
            try (WorkerSessions sessions = new WorkerSessions(repository)) {
                return begin(sessions);
            }
        } catch (MigratorException e) {
            return new RunOutcome(e.failure(), String.valueOf(e.getMessage()), new RunReport(), e);
        }
    }

    private RunOutcome begin(WorkerSessions sessions) {
        try {
            return work(sessions);
        } catch (DataAccessException | TransactionException e) {
            throw sessions.told(e);
        }
    }

    private RunOutcome work(WorkerSessions sessions) {
        Offers offers = new Offers(sessions.common(), sessions.schema());
        offers.prepare();
        RunHelp help = new RunHelp(request.config(), sessions, request.threads(), progress, false);
        List<String> places = Places.all(request.config(), offers.role());
        progress.note("worker %s: %s".formatted(help.id(), String.join("; ", places)));
        WorkerLoop.Self self = new WorkerLoop.Self(
                help.id(), ThisProcess.programVersion(), places, request.threads(), offer -> true, request.idle());
        new WorkerLoop(offers, self, help, stop, progress::note).run();
        String why = request.idle().equals(Duration.ZERO) || stopped() ? "on request" : "without work";
        return new RunOutcome(null, "the worker ended " + why, new RunReport(), null);
    }

    private boolean stopped() {
        return stop.requested();
    }
}
