package io.migrator.backup.state;

import io.migrator.batch.JobContext;
import java.util.Locale;

/** Whether Milvus' garbage collection is paused while its files are copied, as the parameter {@code gc-pause} says. */
public enum GcPauseMode {
    /** No backup without. */
    REQUIRE,
    /** Where Milvus can. */
    TRY,
    OFF;

    /** Where the parameter is left out, {@code backup.gcPause.enable} decides. */
    static GcPauseMode of(JobContext context) {
        String asked = context.parameter("gc-pause");
        if (asked.isEmpty()) {
            return context.config().backup().gcPauseEnabled() ? TRY : OFF;
        }
        return valueOf(asked.toUpperCase(Locale.ROOT));
    }

    /** As the parameter spells it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
