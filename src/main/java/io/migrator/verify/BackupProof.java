package io.migrator.verify;

import io.migrator.batch.JobContext;
import io.migrator.batch.WorkerPool;
import io.migrator.catalog.Catalog;
import io.migrator.catalog.FileCheck;
import io.migrator.catalog.Finding;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.store.ObjectStore;
import io.migrator.store.throttle.PacedReads;
import io.migrator.verify.log.PlannedReading;
import io.migrator.verify.seal.SealTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A deep proof of some collections of a backup, for a job that is about to use it. What was read is in the job database:
 * a run that goes on after a proof without a finding does not read it again.
 */
public final class BackupProof {
    private static final int MOST_FINDINGS = 10_000;
    private static final int OBJECTS_AT_ONCE = 250;

    private final JobContext context;
    private final ObjectStore vault;
    private final VaultLayout layout;
    private final BooleanSupplier stop;

    /**
     * @param vault stays open
     * @param layout of the backup, which the caller goes on with
     */
    public BackupProof(JobContext context, ObjectStore vault, VaultLayout layout, BooleanSupplier stop) {
        this.context = context;
        this.vault = vault;
        this.layout = layout;
        this.stop = stop;
    }

    /** What is wrong with the files that describe the backup and these collections; reads no log. */
    public FileCheck ofMetas(Set<Long> collections) {
        if (collections.isEmpty()) {
            return FileCheck.NOTHING;
        }
        List<Finding> found = new ArrayList<>();
        new MetaCheck(vault, layout, SealTerms.of(context), found::add).run(collections);
        return FileCheck.NOTHING.only(found);
    }

    /**
     * What is wrong with the collections, their logs and the files that describe them. Reads every byte.
     *
     * @param backup what the catalog reads
     * @throws MigratorException STOPPED where a stop was asked for
     */
    public FileCheck of(BackupInfo backup, Set<Long> collections) {
        if (collections.isEmpty()) {
            return FileCheck.NOTHING;
        }
        VerifyTables tables = new VerifyTables(context.transactions());
        ProofState state = new ProofState(context.transactions(), tables);
        state.begin(ProofState.stamp(vault, layout));
        tables.forget(VerifyTables.Phase.LISTED);
        List<Finding> found = new ArrayList<>();
        MetaCheck.Described described =
                new MetaCheck(vault, layout, SealTerms.of(context), found::add).run(collections);
        tables.add(VerifyTables.Phase.LISTED, found);
        Catalog catalog = new Catalog(vault, context.config().vault().rootPath());
        FileCheck listed = new PlanningPass(vault, layout, tables, state)
                .run(
                        backup,
                        described.run(),
                        true,
                        Share.ALL,
                        visitor -> catalog.checkFiles(layout, backup, collections, visitor));
        read(tables, state);
        Map<Long, Long> problems = tables.problemsOf();
        if (!problems.isEmpty()) {
            state.conclude();
        }
        return new FileCheck(
                listed.objects(), listed.bytes(), problems, tables.findings(MOST_FINDINGS), listed.etagsCompared());
    }

    private void read(VerifyTables tables, ProofState state) {
        VerifyOptions options = VerifyOptions.of(context);
        context.progress().stage(tables.stage("proof"));
        try (WorkerPool pool = new WorkerPool("proof", options.inFlight())) {
            DeepProof proof = state.reading(
                    context.name(),
                    vault,
                    layout,
                    new PacedReads(vault, options.throttle()),
                    stop,
                    context.progress(),
                    pool);
            ReadingBatches batches = new ReadingBatches(tables, OBJECTS_AT_ONCE);
            for (List<PlannedReading> batch = batches.read(); batch != null; batch = batches.read()) {
                proof.read(batch);
                if (stop.getAsBoolean()) {
                    throw MigratorException.unable(
                            Failure.STOPPED, "go on proving", context.name(), "stop requested", "Run it again.");
                }
            }
        }
    }
}
