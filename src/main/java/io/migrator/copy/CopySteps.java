package io.migrator.copy;

import io.migrator.batch.PartitionStep;
import io.migrator.batch.PlanCuts;
import io.migrator.batch.RemoteSteps;
import io.migrator.batch.StepFactory;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import io.migrator.store.throttle.Throttle;
import io.migrator.transfer.CopyEngine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Builds the partitioned step that works the copy plan off; backup copies with it, restore stages with it. */
public final class CopySteps {
    private final StepFactory steps;
    private final CopyPlan plan;
    private final Progress progress;
    private final RunReport report;

    public CopySteps(StepFactory steps, CopyPlan plan, Progress progress, RunReport report) {
        this.steps = steps;
        this.plan = plan;
        this.progress = progress;
        this.report = report;
    }

    /**
     * @param engine asked for once the step starts
     * @param chunk objects a checkpoint covers; a death costs at most one chunk for each worker
     */
    public Step step(String name, int chunk, int workers, Supplier<CopyEngine> engine) {
        return step(name, chunk, workers, engine, CopyFaults.END_THE_STEP);
    }

    /**
     * The same.
     *
     * @param faults whether a fault ends the step
     */
    public Step step(String name, int chunk, int workers, Supplier<CopyEngine> engine, CopyFaults faults) {
        @Nullable CopyEngine[] shared = new CopyEngine[1];
        Partitioner partitioner = grid -> {
            CopyEngine chosen = begin(engine);
            shared[0] = chosen;
            CopyPlan.Totals open = plan.totals(PlannedCopy.State.PLANNED);
            return ranges(open, chunk, workers);
        };
        PartitionStep.Source copies = (stepName, range) ->
                part(stepName, PlanCuts.Range.of(range), chunk, Objects.requireNonNull(shared[0]), faults);
        return steps.partitioned(name, workers, partitioner, copies, () -> sayRefused(shared[0]));
    }

    /**
     * A part of such a step for the process that runs it, which is not this one.
     *
     * @param name of the step, a colon, and the range of sequences
     */
    public Step part(String name, int chunk, CopyEngine engine, CopyFaults faults) {
        return part(name, PlanCuts.Range.of(name), chunk, engine, new SparedCopies(plan).noted(faults));
    }

    private Step part(String stepName, PlanCuts.Range range, int chunk, CopyEngine engine, CopyFaults faults) {
        return steps.chunked(
                stepName,
                chunk,
                new PlanReader(plan, range.from(), range.until(), chunk),
                new CopyWriter(engine, plan, faults, steps.stop()::requested, progress, report));
    }

    /**
     * The same step with its parts worked off by other processes.
     *
     * @param throttle which all of them share
     * @param engine asked for once the step starts, for what it takes into the plan; it copies nothing here
     * @param requireHeld fails where the run may not go on
     * @param transfer told how the bytes went, where any did
     */
    public Step remote(
            String name,
            int chunk,
            RemoteSteps others,
            Throttle throttle,
            Supplier<CopyEngine> engine,
            Runnable requireHeld,
            Consumer<String> transfer) {
        RemoteCourse course = new RemoteCourse(plan, progress, report, requireHeld, transfer);
        return steps.partitioned(name, others, course, grid -> {
            CopyEngine unused = begin(engine);
            CopyPlan.Totals open = plan.totals(PlannedCopy.State.PLANNED);
            course.begin(open);
            try (Stream<PlanCuts.Row> rows = plan.openRows()) {
                return PlanCuts.of(open.objects(), open.bytes(), chunk)
                        .within(throttle.bytesPerSecond(), throttle.requestsPerSecond())
                        .parts(rows);
            }
        });
    }

    private CopyEngine begin(Supplier<CopyEngine> engine) {
        // It looks at what is there: what is written afterwards would be taken for damage.
        steps.earlier().awaitEnd();
        return engine.get();
    }

    private void sayRefused(@Nullable CopyEngine engine) {
        if (engine != null) {
            RemoteCourse.sayRefused(engine.streamedAfterRefusal(), progress, report);
        }
    }

    /** Partitions of the plan, each named by the range of sequences it covers. */
    private Map<String, ExecutionContext> ranges(CopyPlan.Totals open, int chunk, int workers) {
        progress.stage(CopyPlan.stage(plan.totals(PlannedCopy.State.COPIED), open));
        Map<String, ExecutionContext> ranges = new LinkedHashMap<>();
        long rows = open.lastSequence() + 1;
        long width = Math.max(chunk, (rows + workers - 1) / workers);
        for (long from = 0; from < rows; from += width) {
            long until = Math.min(rows, from + width) - 1;
            ranges.put(new PlanCuts.Range(from, until).toString(), new ExecutionContext());
        }
        return ranges;
    }
}
