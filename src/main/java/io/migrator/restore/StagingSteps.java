package io.migrator.restore;

import io.migrator.batch.StepFactory;
import io.migrator.copy.CopySteps;
import io.migrator.copy.PlannedCopy;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.restore.staging.Unstaged;
import io.migrator.transfer.CopyEngine;
import java.util.Map;
import org.springframework.batch.core.step.Step;

/** What a restore does before its imports where Milvus cannot read the vault: copies, and proves them, here or in other processes. */
final class StagingSteps {
    static final String STEP = "stageSegments";

    private final RestoreParts parts;
    private final StagingFaults faults;
    private final Unstaged unstaged;
    private boolean stagedAgain;

    StagingSteps(RestoreParts parts, StagingFaults faults) {
        this.parts = parts;
        this.faults = faults;
        this.unstaged = new Unstaged(parts.facts());
    }

    Step step(StepFactory steps) {
        int chunk = parts.options().chunk();
        CopySteps copies = new CopySteps(
                steps, parts.plan(), parts.context().progress(), parts.context().report());
        return steps.remote()
                .map(others -> copies.remote(
                        STEP, chunk, others, parts.options().throttle(), this::offer, () -> {}, way -> {}))
                .orElseGet(
                        () -> copies.step(STEP, chunk, parts.options().workers().threads(), this::engine, faults));
    }

    private CopyEngine engine() {
        // What a run before was told and died with: those collections were planned anew.
        unstaged.take();
        return parts.staging().engine(parts.plan());
    }

    /** Before others are asked: by what lies there then they know the place. */
    private CopyEngine offer() {
        if (parts.plan().totals(PlannedCopy.State.PLANNED).objects() > 0) {
            parts.staging().sign(parts.facts());
        }
        return engine();
    }

    /** @param helped whether a worker that lost its part may have written an object once more, which another had recorded */
    void verify(boolean helped) {
        if (helped) {
            unstaged.take().forEach(faults::unstaged);
            parts.staging().eraseSign(parts.facts());
        }
        parts.context().report().fact("staged", parts.plan().size() > 0);
        if (parts.ledger().open().isEmpty() || parts.plan().size() == 0) {
            return;
        }
        boolean vanished = !parts.plan().ownersWithVanished().isEmpty();
        Map<Long, MigratorException> notWhole = parts.staging().requireWhole(parts.plan());
        if (helped && !stagedAgain && !vanished && !notWhole.isEmpty()) {
            stagedAgain = true;
            // Without its cause: the gravest of a chain ends the run.
            throw MigratorException.unable(
                    Failure.TARGET_CHANGED,
                    "stage",
                    parts.context().name(),
                    notWhole.values().iterator().next().reason() + ", as where a worker that lost its part wrote late",
                    "They are copied once more.");
        }
        notWhole.forEach(faults::notWhole);
    }
}
