package io.migrator.cli.output;

import io.migrator.catalog.pool.PoolSizes;
import io.migrator.format.own.PoolShare;
import io.migrator.format.own.RunRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What there is to say of the pool that incremental backups share, and of what one of them shares. */
public final class PoolWords {
    private PoolWords() {}

    /** The line below a list. */
    public static String told(PoolSizes sizes) {
        String all = "pool: %s in %s %s"
                .formatted(
                        Amounts.bytes((double) sizes.bytes()),
                        Amounts.count(sizes.units()),
                        sizes.units() == 1 ? "unit" : "units");
        return sizes.known()
                ? all + ", " + Amounts.bytes((double) sizes.freeBytes()) + " without a backup"
                : all + "; whose they are is not known, since migrator/refs.txt.gz cannot be read of "
                        + String.join(", ", sizes.unreadable());
    }

    /** The same as JSON has it. */
    public static Map<String, Object> facts(PoolSizes sizes) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("units", sizes.units());
        facts.put("bytes", sizes.bytes());
        if (sizes.known()) {
            facts.put("units_without_backup", sizes.freeUnits());
            facts.put("bytes_without_backup", sizes.freeBytes());
        }
        facts.put("unreadable", sizes.unreadable());
        return facts;
    }

    /** What JSON has of one backup. */
    public static Map<String, Object> facts(boolean ofPool, @Nullable RunRecord run) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("layout", ofPool ? "pool" : "full");
        PoolShare share = run == null ? null : run.pool();
        if (share != null) {
            facts.put(
                    "parents",
                    share.parents().stream()
                            .map(parent -> Map.of("name", parent.name(), "run_id", parent.runId()))
                            .toList());
            facts.put("copied", facts(share.copied()));
            facts.put("shared", facts(share.shared()));
        }
        return facts;
    }

    private static Map<String, Object> facts(PoolShare.Amount amount) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("units", amount.units());
        facts.put("objects", amount.objects());
        facts.put("bytes", amount.bytes());
        return facts;
    }
}
