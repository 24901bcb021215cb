package io.migrator.backup.plan;

import io.migrator.milvus.SegmentLogs;
import java.util.HashSet;
import java.util.Set;

/** Names of a segment's logs as they end their keys: {@code /field/log} of insert logs, {@code /log} of delta logs. */
final class LogNames {
    private LogNames() {}

    static Set<String> inserts(SegmentLogs logs) {
        Set<String> names = new HashSet<>();
        logs.insertLogs().forEach((field, ids) -> ids.forEach(id -> names.add("/" + field + "/" + id)));
        return names;
    }

    static Set<String> deltas(SegmentLogs logs) {
        Set<String> names = new HashSet<>();
        logs.deltaLogs().forEach(id -> names.add("/" + id));
        return names;
    }

    static boolean has(Set<String> names, String key) {
        int log = key.lastIndexOf('/');
        int field = key.lastIndexOf('/', log - 1);
        return names.contains(key.substring(log)) || (field >= 0 && names.contains(key.substring(field)));
    }
}
