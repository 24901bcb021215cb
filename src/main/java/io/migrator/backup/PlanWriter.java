package io.migrator.backup;

import io.migrator.copy.CopyPlan;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.SegmentInfo;
import io.migrator.format.VaultLayout;
import io.migrator.milvus.Segment;
import io.migrator.store.StoredObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Turns segments into rows of the copy plan. Each segment gets a group of its own, so that it can be imported alone. */
final class PlanWriter implements ItemWriter<PlanItem> {
    private final BackupTables tables;
    private final CopyPlan plan;
    private final VaultLayout layout;

    PlanWriter(BackupTables tables, CopyPlan plan, VaultLayout layout) {
        this.tables = tables;
        this.plan = plan;
        this.layout = layout;
    }

    @Override
    public void write(Chunk<? extends PlanItem> chunk) {
        for (PlanItem item : chunk) {
            SegmentFiles files = item.files();
            if (files == null) {
                tables.planned(item.collectionId());
            } else {
                tables.putSegment(files.segment());
                plan.add(item.collectionId(), files.segment().id(), targetKeys(files));
            }
        }
    }

    private Map<StoredObject, String> targetKeys(SegmentFiles files) {
        SegmentInfo segment = skeleton(files.segment());
        Map<StoredObject, String> keys = new LinkedHashMap<>();
        for (StoredObject log : files.insertLogs()) {
            keys.put(log, layout.insertLog(segment, number(log, 2), number(log, 1)));
        }
        for (StoredObject log : files.deltaLogs()) {
            keys.put(log, layout.deltaLog(segment, number(log, 1)));
        }
        return keys;
    }

    static SegmentInfo skeleton(Segment segment) {
        long group = segment.partitionId() == -1 ? 0 : segment.id();
        return new SegmentInfo(
                segment.id(),
                segment.collectionId(),
                segment.partitionId(),
                segment.rows(),
                List.of(),
                List.of(),
                0,
                group,
                segment.level0(),
                null,
                segment.storageVersion());
    }

    /** The number that is the given element of the key, counted from its end. */
    static long number(StoredObject log, int fromEnd) {
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
