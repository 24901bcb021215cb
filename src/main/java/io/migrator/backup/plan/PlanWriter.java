package io.migrator.backup.plan;

import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.CollectionFaults;
import io.migrator.backup.state.PlannedSegment;
import io.migrator.copy.CopyPlan;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.report.Progress;
import io.migrator.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Turns segments into rows of the copy plan. */
public final class PlanWriter implements ItemWriter<PlanItem> {
    private final BackupState state;
    private final VaultLayout layout;
    private final CollectionFaults faults;
    private final Progress progress;

    public PlanWriter(BackupState state, VaultLayout layout, CollectionFaults faults, Progress progress) {
        this.state = state;
        this.layout = layout;
        this.faults = faults;
        this.progress = progress;
    }

    @Override
    public void write(Chunk<? extends PlanItem> chunk) {
        List<CopyPlan.NewRow> rows = new ArrayList<>();
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
                addRows(rows, files);
            }
        }
        state.transactions().run(() -> {
            state.plan().add(rows);
            state.segments().put(found);
            state.collections().planned(complete);
        });
        progress.advance(complete.size(), 0);
    }

    private void addRows(List<CopyPlan.NewRow> rows, SegmentFiles files) {
        SegmentInfo segment = files.segment().skeleton();
        for (StoredObject log : files.insertLogs()) {
            rows.add(row(segment, log, layout.insertLog(segment, number(log, 2), number(log, 1))));
        }
        for (StoredObject log : files.deltaLogs()) {
            rows.add(row(segment, log, layout.deltaLog(segment, number(log, 1))));
        }
    }

    private static CopyPlan.NewRow row(SegmentInfo segment, StoredObject log, String targetKey) {
        return new CopyPlan.NewRow(segment.collectionId(), segment.segmentId(), log, targetKey);
    }

    /** The number that is the given element of the key, counted from its end. */
    public static long number(StoredObject log, int fromEnd) {
        String[] parts = log.key().split("/", -1);
        try {
            return Long.parseLong(parts[parts.length - fromEnd]);
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
