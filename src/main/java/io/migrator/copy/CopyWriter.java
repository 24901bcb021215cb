package io.migrator.copy;

import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import io.migrator.store.CopyEngine;
import io.migrator.store.CopyRequest;
import io.migrator.store.CopyResult;
import io.migrator.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Copies a chunk of the plan concurrently and records what was done in one batch of updates. */
final class CopyWriter implements ItemWriter<PlannedCopy> {
    private final CopyEngine engine;
    private final CopyPlan plan;
    private final BooleanSupplier stop;
    private final Progress progress;
    private final RunReport report;

    CopyWriter(CopyEngine engine, CopyPlan plan, BooleanSupplier stop, Progress progress, RunReport report) {
        this.engine = engine;
        this.plan = plan;
        this.stop = stop;
        this.progress = progress;
        this.report = report;
    }

    @Override
    public void write(Chunk<? extends PlannedCopy> chunk) {
        List<? extends PlannedCopy> rows = chunk.getItems();
        List<CopyResult> results = engine.copy(
                rows.stream()
                        .map(row -> new CopyRequest(row.source(), row.targetKey()))
                        .toList(),
                stop);
        List<PlannedCopy> done = new ArrayList<>(rows.size());
        long bytes = 0;
        long copied = 0;
        for (int i = 0; i < rows.size(); i++) {
            PlannedCopy row = rows.get(i);
            CopyResult result = results.get(i);
            if (result.outcome() == CopyResult.Outcome.COPIED) {
                StoredObject target = Objects.requireNonNull(result.target());
                done.add(row.copied(target.etag()));
                bytes += row.source().size();
                copied++;
            } else if (result.outcome() == CopyResult.Outcome.VANISHED) {
                done.add(row.vanished());
            }
        }
        plan.copied(done);
        progress.advance(copied, bytes);
        report.add("objects_copied", copied);
        report.add("bytes_copied", bytes);
    }
}
