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
        String tail = tail(log.key());
        // Nearly all are named as this would name them; to make each number anew costs more than all else of a key.
        return isPlain(tail) ? dir + tail : named(log);
    }

    private String tail(String key) {
        int slash = key.lastIndexOf('/');
        return key.substring((kind == Kind.INSERT ? key.lastIndexOf('/', slash - 1) : slash) + 1);
    }

    /** Numbers, a slash between them, without zeros in front. */
    private static boolean isPlain(String tail) {
        boolean begins = true;
        for (int i = 0; i < tail.length(); i++) {
            char c = tail.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean single = i + 1 == tail.length() || tail.charAt(i + 1) == '/';
            if ((!digit && (c != '/' || begins)) || (begins && c == '0' && !single)) {
                return false;
            }
            begins = c == '/';
        }
        return !begins;
    }

    private String named(StoredObject log) {
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
