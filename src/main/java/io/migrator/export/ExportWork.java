package io.migrator.export;

import io.migrator.batch.JobContext;
import io.migrator.batch.JobWork;
import io.migrator.batch.RunFacts;
import io.migrator.batch.StepFactory;
import io.migrator.batch.StopSignal;
import io.migrator.catalog.Catalog;
import io.migrator.copy.CopySteps;
import io.migrator.failure.Expected;
import io.migrator.failure.Failure;
import io.migrator.format.own.RunRecord;
import io.migrator.lease.LeaseHolder;
import io.migrator.lease.LeaseTerms;
import io.migrator.lease.Reading;
import io.migrator.lease.VaultLease;
import io.migrator.store.connect.Stores;
import io.migrator.vault.SealedWrites;
import io.migrator.vault.VaultClaim;
import java.util.Optional;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;

/** The job {@code export}: copies a backup into an ordinary one, of another name or in another vault. */
public final class ExportWork implements JobWork {
    private final JobContext context;
    private final ExportOptions options;
    private final ExportPlaces places;
    private final VaultLease lease;
    private final Reading reading;
    private final VaultClaim claim;
    private final ExportSteps work;

    public ExportWork(JobContext context) {
        this.context = context;
        this.options = ExportOptions.of(context);
        this.places = ExportPlaces.of(context, options);
        this.lease = new VaultLease(
                Stores.open(places.into().config()), places.target(), LeaseTerms.usual(), context.progress()::note);
        this.reading = new Reading(
                () -> Stores.open(context.config().vault()),
                places.source(),
                LeaseHolder.of(context.identity(), "export", context.label()));
        this.claim = new VaultClaim(
                context.of(options.to(), context.config().otherSide()),
                places.into(),
                places.target(),
                target(),
                new RunFacts(context.transactions()),
                new ExportOrigin(context.name(), options.to(), this::source),
                lease);
        this.work = new ExportSteps(context, options, places, claim);
    }

    private Catalog target() {
        return new Catalog(places.into(), places.into().config().rootPath());
    }

    /** Whatever is wrong with it, the steps tell. */
    private Optional<RunRecord> source() {
        return Expected.unless(Failure.CORRUPT, () -> places.catalog().runRecord(context.name()))
                .flatMap(run -> run);
    }

    @Override
    public Job define(JobRepository repository, StepFactory steps) {
        CopySteps copies = new CopySteps(steps, work.plan(), context.progress(), context.report());
        return new JobBuilder("export", repository)
                .start(steps.single("preflight", () -> work.preflight(this::read, steps.stop()::requested)))
                .next(copies.step("copyObjects", options.chunk(), options.workers(), work::engine))
                .next(steps.single("verifyCopy", work::verifyCopy))
                .next(steps.single("writeManifests", work::writeManifests))
                .build();
    }

    private void read() {
        reading.begin(() -> places.catalog().lacking(context.name()));
    }

    @Override
    public boolean stillThere() {
        places.into().requireReachable();
        boolean complete = claim.complete();
        if (complete) {
            new SealedWrites(places.into(), places.target())
                    .tellOther(context.config().otherSide().seal().key(), context.progress(), context.report());
            target().runRecord(options.to()).ifPresent(run -> Lacking.tell(context.report(), run.missing()));
        }
        return complete;
    }

    @Override
    public void warmUp() {
        places.from().requireReachable();
    }

    @Override
    public void preview(StopSignal stop) {
        work.preview(stop::requested);
    }

    @Override
    public String done() {
        return "backup %s was exported to %s in %s".formatted(context.name(), options.to(), places.intoPlace());
    }

    @Override
    public void close() {
        try (places;
                lease) {
            reading.close();
        }
    }
}
