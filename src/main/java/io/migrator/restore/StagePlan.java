package io.migrator.restore;

import io.migrator.copy.CopyPlan;
import io.migrator.format.SegmentInfo;
import io.migrator.format.VaultLayout;
import io.migrator.store.StoredObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lists the objects that must be copied into Milvus' bucket before it can import them. */
final class StagePlan {
    private final CopyPlan plan;
    private final VaultLayout vault;

    StagePlan(CopyPlan plan, VaultLayout vault) {
        this.plan = plan;
        this.vault = vault;
    }

    void add(long owner, ImportPlanner.Bin bin) {
        for (SegmentInfo segment : bin.segments()) {
            Map<StoredObject, String> keys = new LinkedHashMap<>();
            segment.insertLogs().forEach(field -> field.binlogs()
                    .forEach(log -> keys.put(
                            new StoredObject(vault.insertLog(segment, field.fieldId(), log.logId()), log.size(), ""),
                            bin.insertDir() + segment.segmentId() + "/" + field.fieldId() + "/" + log.logId())));
            segment.deltaLogs().forEach(field -> field.binlogs()
                    .forEach(log -> keys.put(
                            new StoredObject(vault.deltaLog(segment, log.logId()), log.size(), ""),
                            bin.deltaDir() + segment.segmentId() + "/" + log.logId())));
            plan.add(owner, segment.segmentId(), keys);
        }
    }
}
