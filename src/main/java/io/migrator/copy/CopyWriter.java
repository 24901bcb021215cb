package io.migrator.copy;

import io.migrator.failure.MigratorException;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import io.migrator.store.StoredObject;
import io.migrator.transfer.CopyEngine;
import io.migrator.transfer.CopyRequest;
import io.migrator.transfer.CopyResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Copies a chunk of the plan concurrently and records what was done in one batch of updates. */
final class CopyWriter implements ItemWriter<PlannedCopy> {
    private final CopyEngine engine;
    private final CopyPlan plan;
    private final CopyFaults faults;
    private final BooleanSupplier stop;
    private final Progress progress;
    private final RunReport report;

    CopyWriter(
            CopyEngine engine,
            CopyPlan plan,
            CopyFaults faults,
            BooleanSupplier stop,
            Progress progress,
            RunReport report) {
        this.engine = engine;
        this.plan = plan;
        this.faults = faults;
        this.stop = stop;
        this.progress = progress;
        this.report = report;
    }

    @Override
    public void write(Chunk<? extends PlannedCopy> chunk) {
        List<PlannedCopy> rows = List.copyOf(chunk.getItems());
        try {
            copy(rows);
        } catch (MigratorException fault) {
            if (!faults.canSpare(fault)) {
                throw fault;
            }
            // Which of the owners it was, copying each by itself tells; what is there already is written again as it
            // is.
            byOwner(rows).forEach(this::copySparing);
        }
    }

    private static Map<Long, List<PlannedCopy>> byOwner(List<PlannedCopy> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(PlannedCopy::owner, LinkedHashMap::new, Collectors.toList()));
    }

    private void copySparing(long owner, List<PlannedCopy> rows) {
        try {
            copy(rows);
        } catch (MigratorException fault) {
            if (!faults.canSpare(fault)) {
                throw fault;
            }
            faults.spare(owner, fault);
        }
    }

    /** What was counted of a chunk that fails is taken back: it is copied again. */
    private List<CopyResult> results(List<PlannedCopy> rows) {
        LongAdder objects = new LongAdder();
        LongAdder bytes = new LongAdder();
        List<CopyRequest> requests = rows.stream()
                .map(row -> new CopyRequest(row.expected(), row.targetKey()))
                .toList();
        try {
            return engine.copy(requests, stop, (moreObjects, moreBytes) -> {
                objects.add(moreObjects);
                bytes.add(moreBytes);
                progress.advance(moreObjects, moreBytes);
            });
        } catch (RuntimeException e) {
            progress.advance(-objects.sum(), -bytes.sum());
            throw e;
        }
    }

    private void copy(List<PlannedCopy> rows) {
        List<CopyResult> results = results(rows);
        List<PlannedCopy> done = new ArrayList<>(rows.size());
        long bytes = 0;
        long copied = 0;
        for (int i = 0; i < rows.size(); i++) {
            PlannedCopy row = rows.get(i);
            CopyResult result = results.get(i);
            if (result.outcome() == CopyResult.Outcome.COPIED) {
                StoredObject target = Objects.requireNonNull(result.target());
                done.add(row.copied(target));
                bytes += row.source().size();
                copied++;
            } else if (result.outcome() == CopyResult.Outcome.VANISHED) {
                done.add(row.vanished());
            }
        }
        plan.copied(done);
        report.fact("transfer", engine.transfer());
        report.add("objects_copied", copied);
        report.add("bytes_copied", bytes);
    }
}
