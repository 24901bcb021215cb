package io.migrator.launch;

import io.migrator.backup.BackupWork;
import io.migrator.batch.JobContext;
import io.migrator.batch.JobWork;
import io.migrator.batch.Resume;
import io.migrator.batch.Transactions;
import io.migrator.export.ExportWork;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.launch.postgres.PostgresStores;
import io.migrator.launch.request.JobIdentity;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.launch.state.FolderStores;
import io.migrator.launch.state.JobStore;
import io.migrator.launch.state.JobStores;
import io.migrator.launch.state.PendingName;
import io.migrator.launch.state.PreviewDatabase;
import io.migrator.launch.state.StateFile;
import io.migrator.launch.state.StateSearch;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import io.migrator.restore.RestoreWork;
import io.migrator.restore.state.Forgetting;
import io.migrator.retention.ExpireWork;
import io.migrator.verify.VerifyWork;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Starts, restarts or recovers a job: the only place that launches. */
public final class Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);
    private static final String ALREADY_COMPLETE = "already_complete";

    private final JobRequest request;
    private final Progress progress;
    private final Termination termination;
    private final RunReport report = new RunReport();
    private final Endings endings;
    private final JobStores stores;
    private final Sharing sharing;

    public Launcher(JobRequest request, Progress progress, Termination termination) {
        this(request, progress, termination, UnaryOperator.identity());
    }

    /** @param seen what the run is given of the job database */
    Launcher(JobRequest request, Progress progress, Termination termination, UnaryOperator<DataSource> seen) {
        this.request = request;
        this.progress = progress;
        this.termination = termination;
        this.stores = stores(request, termination, seen);
        this.sharing = new Sharing(request);
        this.endings = new Endings(stores, report, request.job());
    }

    /** Two ways out, so that a run of the one loads no class of the other. */
    private static JobStores stores(JobRequest request, Termination termination, UnaryOperator<DataSource> seen) {
        if (request.config().repository().given()) {
            return new PostgresStores(request.config().repository(), seen, termination.stop()::request);
        }
        return new FolderStores(request.stateDir(), seen);
    }

    /**
     * Runs the job to its end, or to a stop asked for by SIGTERM; a preview only looks. Never throws for what a user can
     * be told.
     */
    public RunOutcome run() {
        try {
            JobIdentity identity = JobIdentity.of(request);
            sharing.require(identity.name());
            if (request.preview()) {
                return preview(identity);
            }
            stores.prepare();
            RunOutcome outcome =
                    request.job() == JobKind.BACKUP && identity.name().isEmpty() ? runUnnamed(identity) : run(identity);
            int keepDays = request.config().repository().keepDays();
            stores.tidy(outcome.failure(), keepDays, termination.stop()::requested);
            return outcome;
        } catch (MigratorException e) {
            return endings.of(e);
        } catch (DataAccessException | TransactionException e) {
            return endings.ofDatabase(e);
        }
    }

    private RunOutcome runUnnamed(JobIdentity identity) {
        String selection = request.parameters().getOrDefault("collection", "");
        String name = stores.takeOrCreateName(identity, selection);
        RunOutcome outcome = run(identity.withName(name));
        boolean vain = outcome.failure() == Failure.NOT_FOUND && !stores.exists(StateFile.of(identity.withName(name)));
        if (outcome.failure() != null && outcome.failure() != Failure.PARTIAL && !vain) {
            return outcome;
        }
        // A partial backup is written; the next run without a name owes a new one, not the rest of this.
        stores.forgetName(identity, name);
        // The run before died between its last act and forgetting the name: this one still owes a backup.
        boolean owed = !vain && report.remove(ALREADY_COMPLETE);
        return owed ? runUnnamed(identity) : outcome;
    }

    private RunOutcome run(JobIdentity identity) {
        tellName(identity);
        StateFile state = request.job() == JobKind.RESTORE
                ? new StateSearch(stores, request, identity, progress).find()
                : StateFile.of(identity);
        try (JobStore database = open(identity, state, stores);
                JobWork work = work(identity, state, database.transactions())) {
            if (work.stillThere()) {
                return alreadyComplete(work);
            }
            // What a restore remembers tells its rows from those of others, and is never forgotten here.
            // Of a backup the vault tells all, and a proof is worth nothing the day after.
            if (request.job() != JobKind.RESTORE && database.holdsCompletedRun()) {
                if (request.job() == JobKind.BACKUP || request.job() == JobKind.EXPORT) {
                    progress.note("an earlier run completed this work, but its result is gone: doing it again");
                }
                database.reset();
            }
            warmUp(work);
            RunBefore.in(database.jdbc()).map(RunBefore::told).ifPresent(progress::note);
            JobRun run = new JobRun(
                    state.identity(),
                    database,
                    work,
                    termination.stop(),
                    repository -> sharing.steps(
                            identity.name(), state.identity(), database, repository, termination.stop(), progress));
            RunOutcome outcome = new Attempts(stores, endings, termination.stop(), progress).run(database, run, work);
            if (outcome.failure() == Failure.NOT_FOUND) {
                database.leaveNothing();
            }
            return outcome;
        } catch (JobExecutionException e) {
            return endings.ofDatabase(e);
        }
    }

    /** Of the backup that the work is about, where it is about one. */
    private void tellName(JobIdentity identity) {
        if (!identity.name().isEmpty()) {
            report.fact("name", identity.name());
        }
    }

    private JobStore open(JobIdentity identity, StateFile state, JobStores place) {
        Map<String, String> parameters = request.withDefaults();
        String resume = parameters.get(Resume.PARAMETER);
        if (resume == null || Resume.of(resume) != Resume.RESTART) {
            return request.job() == JobKind.RESTORE
                    ? place.open(state)
                    : place.openForVault(state, request.job() != JobKind.BACKUP);
        }
        return place.openAnew(state, old -> {
            if (request.job() == JobKind.RESTORE) {
                Forgetting.require(
                        old,
                        identity.name(),
                        Objects.requireNonNull(parameters.get("create")),
                        request.config().milvus());
            }
        });
    }

    private RunOutcome preview(JobIdentity identity) {
        JobIdentity named = request.job() == JobKind.BACKUP && identity.name().isEmpty()
                ? identity.withName(PendingName.of(
                        request.parameters().getOrDefault("collection", ""),
                        Clock.systemUTC().instant()))
                : identity;
        tellName(named);
        return switch (request.job()) {
            // Of these the vault tells all.
            case BACKUP, VERIFY, EXPORT -> previewAnew(named, StateFile.of(named));
            // Its own tables tell its rows from those of others.
            case RESTORE -> previewStored(named, new StateSearch(stores, request, named, progress).find());
            // Its own tables tell what was decided and is not done yet.
            case EXPIRE -> previewStored(named, StateFile.of(named));
        };
    }

    private RunOutcome previewStored(JobIdentity identity, StateFile state) {
        if (!stores.exists(state)) {
            return previewAnew(identity, state);
        }
        try (JobStores copy = stores.copy(state);
                JobStore database = open(identity, state, copy)) {
            if (request.job() != JobKind.RESTORE && database.holdsCompletedRun()) {
                database.reset();
            }
            return preview(identity, state, database.transactions());
        }
    }

    private RunOutcome previewAnew(JobIdentity identity, StateFile state) {
        try (PreviewDatabase database = PreviewDatabase.open()) {
            return preview(identity, state, new Transactions(database.jdbc()));
        }
    }

    private RunOutcome preview(JobIdentity identity, StateFile state, Transactions transactions) {
        try (JobWork work = work(identity, state, transactions)) {
            if (work.stillThere()) {
                return alreadyComplete(work);
            }
            work.preview(termination.stop());
            return new RunOutcome(null, "", report, null);
        }
    }

    private RunOutcome alreadyComplete(JobWork work) {
        report.fact(ALREADY_COMPLETE, true);
        return endings.completed("already complete: " + work.done());
    }

    private static void warmUp(JobWork work) {
        Thread contacts = new Thread(
                () -> {
                    try {
                        work.warmUp();
                    } catch (RuntimeException e) {
                        LOG.debug("first contact failed; preflight tells", e);
                    }
                },
                "warm-up");
        contacts.setDaemon(true);
        contacts.start();
    }

    private JobWork work(JobIdentity identity, StateFile state, Transactions transactions) {
        JobContext context = new JobContext(
                request.withDefaults(),
                request.parameters().keySet(),
                identity.name(),
                state.identity(),
                request.config(),
                transactions,
                progress,
                report,
                request.terms().label());
        return switch (request.job()) {
            case BACKUP -> new BackupWork(context);
            case RESTORE ->
                new RestoreWork(
                        context, () -> new StateSearch(stores, request, identity, progress).madeByOthers(state));
            case VERIFY -> new VerifyWork(context);
            case EXPIRE -> new ExpireWork(context);
            case EXPORT -> new ExportWork(context);
        };
    }
}
