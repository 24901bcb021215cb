package io.migrator.restore.staging;

import io.migrator.copy.CopyPlan;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.milvus.ImportOrder.Dirs;
import io.migrator.restore.imports.ImportBin;
import io.migrator.store.StoredObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lists the objects that must be copied into Milvus' bucket before it can import them. */
public final class StagePlan {
    private final CopyPlan plan;
    private final VaultLayout vault;

    public StagePlan(CopyPlan plan, VaultLayout vault) {
        this.plan = plan;
        this.vault = vault;
    }

    public void add(long owner, ImportBin bin) {
        for (int i = 0; i < bin.segments().size(); i++) {
            SegmentInfo segment = bin.segments().get(i);
            Map<StoredObject, String> keys = new LinkedHashMap<>();
            if (bin.deletesOnly()) {
                deletes(segment, bin.dirs().get(i).deltaDir(), keys);
            } else {
                Dirs dirs = bin.dirs().get(0);
                inserts(segment, dirs.insertDir() + segment.segmentId() + "/", keys);
                deletes(segment, dirs.deltaDir() + segment.segmentId() + "/", keys);
            }
            plan.add(owner, segment.segmentId(), keys);
        }
    }

    private void inserts(SegmentInfo segment, String dir, Map<StoredObject, String> keys) {
        segment.insertLogs().forEach(field -> field.binlogs()
                .forEach(log -> keys.put(
                        new StoredObject(vault.insertLog(segment, field.fieldId(), log.logId()), log.size(), ""),
                        dir + field.fieldId() + "/" + log.logId())));
    }

    private void deletes(SegmentInfo segment, String dir, Map<StoredObject, String> keys) {
        segment.deltaLogs().forEach(field -> field.binlogs()
                .forEach(log -> keys.put(
                        new StoredObject(vault.deltaLog(segment, log.logId()), log.size(), ""), dir + log.logId())));
    }
}
