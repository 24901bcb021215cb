package io.migrator.backup.plan;

import io.migrator.backup.state.NewUnit;
import io.migrator.copy.CopyPlan.NewRow;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.store.StoredObject;
import java.util.ArrayList;
import java.util.List;

/** Where the logs of a segment are to lie in the vault. */
public interface Placement {
    /**
     * What is planned of a segment.
     *
     * @param rows to copy
     * @param units that the rows make up, and those that are there, where the backup is made of such
     */
    record Placed(List<NewRow> rows, List<NewUnit> units) {}

    Placed of(SegmentFiles files);

    /** In the backup's own directory. */
    static Placement within(VaultLayout layout) {
        return files -> {
            SegmentInfo segment = files.segment().skeleton();
            List<NewRow> rows = new ArrayList<>();
            for (StoredObject log : files.insertLogs()) {
                rows.add(row(
                        segment, log, layout.insertLog(segment, PlanWriter.number(log, 2), PlanWriter.number(log, 1))));
            }
            for (StoredObject log : files.deltaLogs()) {
                rows.add(row(segment, log, layout.deltaLog(segment, PlanWriter.number(log, 1))));
            }
            return new Placed(rows, List.of());
        };
    }

    private static NewRow row(SegmentInfo segment, StoredObject log, String targetKey) {
        return new NewRow(segment.collectionId(), segment.segmentId(), log, targetKey);
    }
}
