package io.migrator.backup.plan;

import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.CollectionFaults;
import io.migrator.backup.state.NewUnit;
import io.migrator.backup.state.PlannedSegment;
import io.migrator.copy.CopyPlan;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.report.Progress;
import io.migrator.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Turns segments into rows of the copy plan, or shares units that hold their files. */
public final class PlanWriter implements ItemWriter<PlanItem> {
    private final BackupState state;
    private final Placement placement;
    private final CollectionFaults faults;
    private final Progress progress;

    public PlanWriter(BackupState state, Placement placement, CollectionFaults faults, Progress progress) {
        this.state = state;
        this.placement = placement;
        this.faults = faults;
        this.progress = progress;
    }

    @Override
    public void write(Chunk<? extends PlanItem> chunk) {
        List<CopyPlan.NewRow> rows = new ArrayList<>();
        List<NewUnit> units = new ArrayList<>();
        List<PlannedSegment> found = new ArrayList<>();
        List<Long> complete = new ArrayList<>();
        for (PlanItem item : chunk) {
            SegmentFiles files = item.files();
            if (faults.hasLeftOut(item.collectionId())) {
                continue;
            }
            if (files == null) {
                complete.add(item.collectionId());
            } else {
                found.add(files.segment());
                Placement.Placed placed = placement.of(files);
                rows.addAll(placed.rows());
                units.addAll(placed.units());
            }
        }
        state.transactions().run(() -> {
            state.plan().add(rows);
            state.units().put(units);
            state.segments().put(found);
            state.collections().planned(complete);
        });
        progress.advance(complete.size(), 0);
    }

    /** The number that is the given element of the key, counted from its end. */
    public static long number(StoredObject log, int fromEnd) {
        String key = log.key();
        int end = key.length();
        int start = key.lastIndexOf('/');
        for (int i = 1; i < fromEnd && start >= 0; i++) {
            end = start;
            start = key.lastIndexOf('/', end - 1);
        }
        try {
            return Long.parseLong(key, start + 1, end, 10);
        } catch (NumberFormatException e) {
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "back up",
                    log.key(),
                    "it is not named as Milvus names binlogs",
                    "Find out who put it among Milvus' files, and move it away.",
                    e);
        }
    }
}
