package io.migrator.launch;

import io.migrator.backup.CopyHelp;
import io.migrator.batch.JobContext;
import io.migrator.batch.PartitionWork;
import io.migrator.batch.ThisProcess;
import io.migrator.batch.Transactions;
import io.migrator.config.MigratorConfig;
import io.migrator.launch.postgres.WorkerSessions;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.state.JobStore.SharedPlace;
import io.migrator.remote.HelpedRun;
import io.migrator.remote.Offer;
import io.migrator.remote.Offers;
import io.migrator.remote.Sharers;
import io.migrator.remote.WorkerLoop;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import io.migrator.restore.StageHelp;
import io.migrator.verify.ReadHelp;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens what a worker needs to help with a run: its sessions, the stores of its own configuration, the work itself. */
final class RunHelp implements WorkerLoop.Opener {
    private static final Logger LOG = LoggerFactory.getLogger(RunHelp.class);

    private final MigratorConfig config;
    private final WorkerSessions sessions;
    private final int threads;
    private final Progress progress;
    private final boolean own;
    private final String id;

    /** @param own whether it helps a run of this process */
    RunHelp(MigratorConfig config, WorkerSessions sessions, int threads, Progress progress, boolean own) {
        this.config = config;
        this.sessions = sessions;
        this.threads = threads;
        this.progress = progress;
        this.own = own;
        ThisProcess self = ThisProcess.look();
        // Two in one process, or in two containers with the same names.
        this.id = "%s pid %d %s"
                .formatted(self.host(), self.pid(), UUID.randomUUID().toString().substring(0, 4));
    }

    String id() {
        return id;
    }

    private PartitionWork work(Offer offer, Transactions transactions, Sharers sharers) {
        JobContext context = new JobContext(
                offer.parameters(),
                offer.given(),
                offer.name(),
                offer.identity(),
                config,
                transactions,
                progress,
                new RunReport(),
                "");
        return switch (JobKind.named(offer.job()).orElseThrow()) {
            case BACKUP -> new CopyHelp(context, sharers, own);
            case VERIFY -> new ReadHelp(context, sharers, own);
            case RESTORE -> new StageHelp(context, sharers, own);
            case EXPIRE, EXPORT -> throw new IllegalStateException("nobody shares " + offer.job());
        };
    }

    @Override
    public HelpedRun open(Offer offer) {
        WorkerSessions.OfRun mine =
                sessions.open(new SharedPlace(sessions.schema(), offer.schema(), offer.epoch()), threads);
        PartitionWork work = null;
        HelpedRun run = null;
        try {
            Sharers sharers = new Sharers(mine.transactions(), id);
            work = work(offer, mine.transactions(), sharers);
            run = new HelpedRun(
                    offer,
                    new Offers(Objects.requireNonNull(mine.transactions().jdbc().getDataSource()), sessions.schema()),
                    id,
                    sharers,
                    mine.claims(),
                    mine.transactions(),
                    JobRun.repository(
                            Objects.requireNonNull(mine.transactions().jdbc().getDataSource())),
                    work,
                    mine.closing(),
                    HelpedRun.PAUSE);
            return run;
        } finally {
            if (run == null) {
                close(work);
                close(mine.closing());
            }
        }
    }

    private static void close(@Nullable AutoCloseable opened) {
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (Exception e) {
            LOG.debug("closing what is not used", e);
        }
    }
}
