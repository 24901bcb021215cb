package io.migrator.restore;

import io.migrator.batch.JobContext;
import io.migrator.batch.JobWork;
import io.migrator.batch.ListReader;
import io.migrator.batch.StepFactory;
import io.migrator.batch.StopSignal;
import io.migrator.config.SecondsProperty;
import io.migrator.lease.Footprint;
import io.migrator.lease.LeaseHolder;
import io.migrator.lease.Reading;
import io.migrator.restore.imports.ImportUnit;
import io.migrator.restore.imports.ImportsLeft;
import io.migrator.restore.proof.ChangedRows;
import io.migrator.restore.state.OwnCollections;
import io.migrator.restore.state.Restored;
import io.migrator.restore.state.Whereabouts;
import io.migrator.store.connect.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;

/** The job {@code restore}: brings collections of a backup into Milvus, each row exactly once. */
public final class RestoreWork implements JobWork {
    /** How far a death can throw a step back; what is done is in the job's own tables. */
    private static final int COLLECTIONS_PER_CHUNK = 32;
    /** An import step may have at least so many jobs before it waits for all of them. */
    private static final int UNITS_PER_CHUNK = 64;

    private static final int NAMES_SHOWN = 10;
    /** How long an import call that was cut off may take to show in the server's list. */
    private static final SecondsProperty LATE_CALL =
            new SecondsProperty("migrator.import.lateCallSeconds", Duration.ofSeconds(60));

    private final JobContext context;
    private final Duration lateCall;
    private final RestoreParts parts;
    private final ImportsLeft left;
    private final Reading reading;

    /**
     * @param restoredBefore ids of collections that other restores of this backup made, as far as the state folder knows
     * @throws io.migrator.failure.MigratorException USAGE where a system property that it reads is no number of seconds
     */
    public RestoreWork(JobContext context, Supplier<Set<Long>> restoredBefore) {
        this.context = context;
        this.lateCall = LATE_CALL.value();
        this.parts = new RestoreParts(context, restoredBefore);
        this.left = new ImportsLeft(context, parts.target(), parts.ledger(), parts.orders());
        this.reading = new Reading(
                () -> Stores.open(context.config().vault()),
                parts.layout(),
                LeaseHolder.of(context.identity(), "restore", context.label()));
    }

    @Override
    public Job define(JobRepository repository, StepFactory steps) {
        RestoreSteps work = new RestoreSteps(parts, steps.stop()::requested, lateCall);
        int units = Math.max(UNITS_PER_CHUNK, context.config().backup().importJobs());
        return new JobBuilder("restore", repository)
                .start(steps.single("preflight", () -> {
                    work.preflight();
                    reading.begin(() -> parts.catalog().lacking(context.name()));
                    if (steps.remote().isPresent()) {
                        Footprint.tell(parts.facts(), reading.footprint());
                    }
                }))
                .next(steps.single("prepareTarget", work::prepareTarget))
                .next(steps.<Restored>chunked(
                        "createCollections",
                        COLLECTIONS_PER_CHUNK,
                        new ListReader<>(() -> work.stage("create collections")),
                        chunk -> work.createCollections(List.copyOf(chunk.getItems()))))
                .next(steps.<Restored>chunked(
                        "createIndexes",
                        COLLECTIONS_PER_CHUNK,
                        new ListReader<>(() -> work.stage("create indexes")),
                        chunk -> work.createIndexes(List.copyOf(chunk.getItems()))))
                .next(steps.<Restored>chunked(
                        "planImport",
                        COLLECTIONS_PER_CHUNK,
                        new ListReader<>(() -> work.stage("plan")),
                        chunk -> chunk.forEach(work::planImport)))
                .next(work.staging().step(steps))
                .next(steps.single("verifyStaged", () -> work.staging().verify(steps.helped())))
                .next(steps.<ImportUnit>chunked(
                        "importSegments",
                        units,
                        new ListReader<>(() -> left.begin(work.openUnits())),
                        chunk -> work.imports(steps.stop()).write(chunk)))
                .next(steps.single("removeStaged", work::removeStaged))
                .next(steps.single("verifyRestore", work::verify))
                .next(steps.single("finish", work::finish))
                .build();
    }

    @Override
    public void warmUp() {
        parts.target().version();
        parts.milvusStore().requireReachable();
    }

    @Override
    public void preview(StopSignal stop) {
        new RestoreSteps(parts, stop::requested, lateCall).preview();
    }

    @Override
    public boolean stillThere() {
        if (!RestoreFinish.isOver(parts.facts())
                || parts.sameBackup().changed(parts.sameBackup().fingerprint())) {
            return false;
        }
        OwnCollections own = parts.own();
        own.look();
        parts.check().requireParameters();
        if (own.any(Whereabouts.Place.GONE) || own.any(Whereabouts.Place.REPLACED)) {
            context.progress().note("an earlier run completed this restore; not there any more: " + own.lost());
            return false;
        }
        if (!own.more().all().isEmpty()) {
            context.progress()
                    .note("an earlier run completed this restore; asked for beyond what it did: " + own.more());
            return false;
        }
        RestoreFinish.recall(parts.facts(), context.report());
        new ChangedRows(context, parts.target(), parts.tables(), parts.ledger()).note();
        return true;
    }

    @Override
    public String done() {
        List<String> names = parts.tables().all().stream()
                .map(created -> created.target().toString())
                .toList();
        String shown = names.size() <= NAMES_SHOWN
                ? String.join(", ", names)
                : "%d collections, such as %s,".formatted(names.size(), names.get(0));
        return "restored %s from backup %s into %s"
                .formatted(shown, context.name(), context.config().milvus().display());
    }

    @Override
    public String leaves() {
        return left.told();
    }

    @Override
    public void close() {
        try (parts) {
            reading.close();
        }
    }
}
