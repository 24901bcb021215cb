package io.migrator.backup.pool;

import io.migrator.backup.plan.PlanWriter;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.Unit.Kind;
import io.migrator.store.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the logs of Milvus' bucket lie in a unit. */
final class UnitKeys {
    private final String dir;
    private final Kind kind;

    UnitKeys(PoolLayout pool, Unit unit) {
        this.dir = pool.segmentDir(unit);
        this.kind = unit.kind();
    }

    String of(StoredObject log) {
        String field = kind == Kind.INSERT ? PlanWriter.number(log, 2) + "/" : "";
        return dir + field + PlanWriter.number(log, 1);
    }

    /** In the order of their keys in the unit. */
    List<StoredObject> sorted(List<StoredObject> logs) {
        Map<String, StoredObject> byKey = new TreeMap<>();
        logs.forEach(log -> byKey.put(of(log), log));
        return List.copyOf(byKey.values());
    }
}
