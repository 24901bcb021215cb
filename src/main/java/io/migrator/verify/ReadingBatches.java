package io.migrator.verify;

import io.migrator.batch.PlanCuts;
import io.migrator.report.Progress;
import io.migrator.verify.log.PlannedReading;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Reads what is left of the plan, in batches of so many objects, or of fewer that are large. For one thread. */
final class ReadingBatches implements ItemStreamReader<List<PlannedReading>> {
    private static final int PAGE = 100;
    /** What a death may cost: some seconds of reading. */
    private static final long MOST_BYTES = 1L << 30;

    private final VerifyTables tables;
    private final int objects;
    private final PlanCuts.Range range;
    private final Progress progress;
    private List<PlannedReading> page = List.of();
    private int next;
    private long last;

    /** The same, without telling when it begins. */
    ReadingBatches(VerifyTables tables, int objects) {
        this(tables, objects, PlanCuts.Range.ALL);
    }

    /** The same of a part of the plan. */
    ReadingBatches(VerifyTables tables, int objects, PlanCuts.Range range) {
        this(tables, objects, range, Progress.NONE);
    }

    /**
     * @param objects a batch ends with the segment that makes it so many
     * @param progress told how much there is to read when it begins
     */
    ReadingBatches(VerifyTables tables, int objects, Progress progress) {
        this(tables, objects, PlanCuts.Range.ALL, progress);
    }

    private ReadingBatches(VerifyTables tables, int objects, PlanCuts.Range range, Progress progress) {
        this.tables = tables;
        this.objects = objects;
        this.range = range;
        this.progress = progress;
        this.last = range.from() - 1;
    }

    @Override
    public void open(ExecutionContext context) {
        page = List.of();
        next = 0;
        last = range.from() - 1;
        progress.stage(tables.stage(ReadingSteps.STAGE));
    }

    @Override
    public @Nullable List<PlannedReading> read() {
        List<PlannedReading> batch = new ArrayList<>();
        int count = 0;
        long bytes = 0;
        while (count < objects && bytes < MOST_BYTES) {
            if (next == page.size()) {
                page = tables.next(last, range.until(), PAGE);
                next = 0;
                if (page.isEmpty()) {
                    break;
                }
            }
            PlannedReading reading = page.get(next++);
            last = reading.sequence();
            batch.add(reading);
            count += reading.files().size();
            bytes += reading.bytes();
        }
        return batch.isEmpty() ? null : batch;
    }
}
