package io.migrator.verify;

import io.migrator.report.Progress;
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
    private final Progress progress;
    private List<PlannedReading> page = List.of();
    private int next;
    private long last = -1;

    /** The same, without telling when it begins. */
    ReadingBatches(VerifyTables tables, int objects) {
        this(tables, objects, Progress.NONE);
    }

    /**
     * @param objects a batch ends with the segment that makes it so many
     * @param progress told how much there is to read when it begins
     */
    ReadingBatches(VerifyTables tables, int objects, Progress progress) {
        this.tables = tables;
        this.objects = objects;
        this.progress = progress;
    }

    @Override
    public void open(ExecutionContext context) {
        page = List.of();
        next = 0;
        last = -1;
        progress.stage(tables.stage("read"));
    }

    @Override
    public @Nullable List<PlannedReading> read() {
        List<PlannedReading> batch = new ArrayList<>();
        int count = 0;
        long bytes = 0;
        while (count < objects && bytes < MOST_BYTES) {
            if (next == page.size()) {
                page = tables.next(last, PAGE);
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
