package io.migrator.export;

import io.migrator.batch.JobContext;
import io.migrator.batch.RunFacts;
import io.migrator.copy.CopyPlan;
import io.migrator.copy.PlannedCopy;
import io.migrator.export.SourceBackup.Described;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.transfer.CopyEngine;
import io.migrator.vault.CopiedSums;
import io.migrator.vault.LeasedCopies;
import io.migrator.vault.Manifests;
import io.migrator.vault.ProvenCopies;
import io.migrator.vault.VaultClaim;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What each step of an export does. The plan is frozen with the run of the backup that it is of. */
final class ExportSteps {
    private static final String SOURCE_RUN = "export_source_run";

    private final JobContext context;
    private final ExportOptions options;
    private final ExportPlaces places;
    private final CopyPlan plan;
    private final RunFacts facts;
    private final VaultClaim claim;
    private final SourceBackup source;
    private @Nullable Described described;
    private @Nullable CopyEngine engine;

    ExportSteps(JobContext context, ExportOptions options, ExportPlaces places, VaultClaim claim) {
        this.context = context;
        this.options = options;
        this.places = places;
        this.plan = new CopyPlan(context.transactions());
        this.facts = new RunFacts(context.transactions());
        this.claim = claim;
        this.source = new SourceBackup(context, options, places);
    }

    CopyPlan plan() {
        return plan;
    }

    /**
     * Nothing is written in the target's vault until the backup is known to be whole, and the name to be free.
     *
     * @param reading says in the backup's vault that it is read
     * @param stop whether the run is to end
     */
    void preflight(Runnable reading, BooleanSupplier stop) {
        Described found = look();
        boolean begun = !claim.look() && facts.find(SOURCE_RUN).isPresent();
        reading.run();
        if (begun) {
            requireSame(found);
            claim.requireNotTakenOver();
        } else {
            facts.remove(SOURCE_RUN);
            planAll(found, stop);
        }
        claim.claim(stop, begun);
        context.progress().begun();
        facts.put(SOURCE_RUN, found.run().runId());
        tellMissing(found);
    }

    private Described look() {
        context.progress().stage("preflight");
        places.from().requireReachable();
        places.into().requireReachable();
        if (places.same()) {
            throw MigratorException.unable(
                    Failure.CONFLICT,
                    "export",
                    context.name(),
                    "the copy would have the name of the backup itself",
                    "Give another to=, or another vault with --target-config.");
        }
        Described found = source.read();
        described = found;
        return found;
    }

    private void planAll(Described found, BooleanSupplier stop) {
        context.progress().stage("plan");
        plan.clear();
        ExportPlan rows = new ExportPlan(plan, found.layout(), places.target(), stop);
        source.requireFiles(found, rows);
        rows.end();
    }

    private void requireSame(Described found) {
        String planned = facts.find(SOURCE_RUN).orElse("");
        if (!planned.equals(found.run().runId())) {
            throw MigratorException.unable(
                    Failure.RESUME_REFUSED,
                    "go on with the export of",
                    context.name(),
                    "it is another backup by now (run %s, begun with %s)"
                            .formatted(found.run().runId(), planned),
                    "resume=restart begins anew, and keeps what is in the target already and proven.");
        }
    }

    /** What the backup was to have and has not, its copy lacks, too. */
    private void tellMissing(Described found) {
        Lacking.tell(context.report(), found.missing());
    }

    CopyEngine engine() {
        CopyEngine chosen = CopyEngine.between(
                places.from(),
                places.into(),
                options.transfer(),
                options.inFlight(),
                options.throttle(),
                context.progress()::note);
        engine = chosen;
        new CopiedSums(plan, places.from(), described().layout()).expect();
        proven().lookBefore(context.progress(), context.report());
        return new LeasedCopies(chosen, claim);
    }

    private ProvenCopies proven() {
        return new ProvenCopies(plan, places.into(), places.target());
    }

    void verifyCopy() {
        context.progress().stage("verify");
        if (!plan.ownersWithVanished().isEmpty()) {
            // Planned anew by the next run, where the backup is whole again.
            facts.remove(SOURCE_RUN);
            throw MigratorException.unable(
                    Failure.NOT_FOUND,
                    "export",
                    context.name(),
                    "files of it vanished while they were copied",
                    "Somebody deletes it, or a rule of the bucket does; run list to see what is there.");
        }
        requireSums();
        context.report().fact("objects_verified", proven().require(claim::requireOurs));
    }

    private void requireSums() {
        Map<Long, String> differing =
                new CopiedSums(plan, places.from(), described().layout()).differing();
        if (!differing.isEmpty()) {
            plan.reopen(List.copyOf(differing.keySet()));
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "export",
                    context.name(),
                    "%s; first: %s"
                            .formatted(
                                    Counted.of(
                                            differing.size(),
                                            "object of it is not what was backed up",
                                            "objects of it are not what was backed up"),
                                    differing.values().iterator().next()),
                    "Nothing was exported. verify with mode=deep names them all; export another backup, or other collections.");
        }
    }

    void writeManifests() {
        context.progress().stage("manifests");
        Described of = described();
        String runId = claim.runId();
        ExportedBackup copy = new ExportedBackup(context, options, of);
        BackupInfo info = copy.info(runId);
        new Manifests(claim, places.into(), places.target(), plan)
                .write(
                        info,
                        copy.record(runId, engine == null ? "" : engine.transfer(), plan, places.fromPlace()),
                        written -> {
                            for (CollectionInfo one : info.collections()) {
                                source.schema(of, one.collectionId())
                                        .ifPresent(schema ->
                                                written.write(places.target().rawSchema(one.collectionId()), schema));
                            }
                        },
                        units -> {},
                        context.config().otherSide().seal().key());
        claim.release();
        new ExportReport(context.report(), plan).tell("Exported", info, options.to(), places.intoPlace());
    }

    private Described described() {
        return Objects.requireNonNull(described, "preflight reads it");
    }

    /** What would be copied. */
    void preview(BooleanSupplier stop) {
        Described found = look();
        var unused = claim.look();
        planAll(found, stop);
        tellMissing(found);
        new ExportReport(context.report(), plan)
                .tell("Would be exported", found.backup(), options.to(), places.intoPlace());
        context.report()
                .fact("bytes_to_copy", plan.totals(PlannedCopy.State.PLANNED).bytes());
    }
}
