package io.migrator.cli.command;

import io.migrator.catalog.BackupSummary;
import io.migrator.format.own.HoldNote;
import io.migrator.format.own.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What users said of a backup: its series and tags, what it was to hold, and whether it is to stay. */
final class BackupLabels {
    private BackupLabels() {}

    /** As JSON has them. */
    static Map<String, Object> facts(@Nullable RunRecord run, @Nullable HoldNote hold) {
        Map<String, Object> labels = new LinkedHashMap<>();
        if (run != null && !run.selection().isEmpty()) {
            labels.put("selection", run.selection());
        }
        if (run != null && !run.series().isEmpty()) {
            labels.put("series", run.series());
        }
        if (run != null && !run.tags().isEmpty()) {
            labels.put("tags", run.tags());
        }
        if (hold != null) {
            labels.put("hold", facts(hold));
        }
        return labels;
    }

    /** A hold as JSON has it. */
    static Map<String, Object> facts(HoldNote hold) {
        Map<String, Object> facts = new LinkedHashMap<>();
        if (hold.until() != null) {
            facts.put("until", hold.until().toString());
        }
        facts.put("reason", hold.reason());
        facts.put("by", hold.by());
        facts.put("at", hold.at().toString());
        return facts;
    }

    /** The last column of a list. */
    static String remark(BackupSummary backup) {
        List<String> remarks = new ArrayList<>();
        if (!backup.reason().isEmpty()) {
            remarks.add(backup.reason());
        }
        if (backup.hold() != null) {
            remarks.add(backup.hold().told());
        }
        RunRecord run = backup.run();
        if (run != null && !run.series().isEmpty()) {
            remarks.add("series " + run.series());
        }
        if (run != null && !run.tags().isEmpty()) {
            remarks.add("tags " + String.join(",", run.tags()));
        }
        return String.join("; ", remarks);
    }
}
