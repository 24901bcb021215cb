package io.migrator.copy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/** Reads the open rows of one range of the plan, a page at a time. For one thread. */
final class PlanReader implements ItemReader<PlannedCopy> {
    private final CopyPlan plan;
    private final long until;
    private final int page;
    private final Deque<PlannedCopy> buffer = new ArrayDeque<>();
    private long last;

    /**
     * @param from first sequence of the range
     * @param until last sequence of the range
     */
    PlanReader(CopyPlan plan, long from, long until, int page) {
        this.plan = plan;
        this.last = from - 1;
        this.until = until;
        this.page = page;
    }

    @Override
    public @Nullable PlannedCopy read() {
        if (buffer.isEmpty()) {
            buffer.addAll(plan.next(last, until, page));
        }
        PlannedCopy row = buffer.poll();
        if (row != null) {
            last = row.sequence();
        }
        return row;
    }
}
