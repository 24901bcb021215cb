package io.migrator.verify;

import io.migrator.batch.PlanCuts;
import io.migrator.batch.RemoteSteps;
import io.migrator.batch.StepFactory;
import io.migrator.report.Progress;
import io.migrator.store.throttle.Throttle;
import io.migrator.verify.log.PlannedReading;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.batch.core.step.Step;

/** Builds the step that works the plan of a deep proof off, in this process or by parts in others. */
final class ReadingSteps {
    static final String STEP = "readSegments";
    static final String STAGE = "read";
    /** A batch of the plan is a chunk of its own. */
    private static final int BATCHES_PER_CHUNK = 1;

    private final StepFactory steps;
    private final VerifyTables tables;
    private final int objects;

    /** @param objects a checkpoint covers so many */
    ReadingSteps(StepFactory steps, VerifyTables tables, int objects) {
        this.steps = steps;
        this.tables = tables;
        this.objects = objects;
    }

    /** The step that reads all of it here. */
    Step here(Progress progress, Consumer<List<PlannedReading>> reading) {
        return step(STEP, new ReadingBatches(tables, objects, progress), reading);
    }

    /**
     * A part of it, whoever works that off.
     *
     * @param name of the step, a colon, and the range of sequences
     */
    Step part(String name, Consumer<List<PlannedReading>> reading) {
        return step(name, new ReadingBatches(tables, objects, PlanCuts.Range.of(name)), reading);
    }

    private Step step(String name, ReadingBatches batches, Consumer<List<PlannedReading>> reading) {
        return steps.chunked(name, BATCHES_PER_CHUNK, batches, chunk -> chunk.forEach(reading));
    }

    /** The step of which other processes work the parts off, all together within the throttle. */
    Step remote(RemoteSteps others, Throttle throttle, Progress progress) {
        SharedReading course = new SharedReading(tables, progress);
        return steps.partitioned(STEP, others, course, grid -> {
            course.begin();
            VerifyTables.Totals open = tables.totals("PLANNED");
            try (Stream<PlanCuts.Row> rows = tables.openRows()) {
                return PlanCuts.of(open.objects(), open.bytes(), objects)
                        .within(throttle.bytesPerSecond(), throttle.requestsPerSecond())
                        .parts(rows);
            }
        });
    }

    /** What a proof says while other processes read for it. What was read is counted in the plan, not by what they tell. */
    private static final class SharedReading implements RemoteSteps.Course {
        private final VerifyTables tables;
        private final Progress progress;
        private VerifyTables.Totals open = VerifyTables.Totals.NONE;
        private VerifyTables.Totals before = VerifyTables.Totals.NONE;
        private long shownObjects;
        private long shownBytes;

        SharedReading(VerifyTables tables, Progress progress) {
            this.tables = tables;
            this.progress = progress;
        }

        void begin() {
            open = tables.totals("PLANNED");
            before = tables.totals("DONE");
            shownObjects = 0;
            shownBytes = 0;
            progress.stage(tables.stage(STAGE));
        }

        /** Who only reads has nothing that another run could take, but the work itself. */
        @Override
        public void require() {}

        /** What a worker read and could not take down is read again, and is not more than there is. */
        @Override
        public void done(long objects, long bytes) {
            show(Math.min(objects, open.objects()), Math.min(bytes, open.bytes()));
        }

        private void show(long objects, long bytes) {
            if (objects > shownObjects) {
                progress.advance(objects - shownObjects, Math.max(0, bytes - shownBytes));
                shownObjects = objects;
                shownBytes = Math.max(shownBytes, bytes);
            }
        }

        @Override
        public void ended(String transfer, Map<String, Long> refused) {
            VerifyTables.Totals after = tables.totals("DONE");
            show(after.objects() - before.objects(), after.bytes() - before.bytes());
        }
    }
}
