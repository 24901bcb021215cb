package io.migrator.backup.source;

import io.migrator.backup.state.BackupOptions;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.MilvusSource;
import java.util.Locale;

/** How rows come into sealed segments before these are copied. */
public enum FlushStrategy {
    /** Collection by collection. */
    SERIAL_FLUSH,
    /** All collections of the server by one call. */
    BULK_FLUSH,
    /** Not at all: rows in growing segments stay behind. */
    SKIP_FLUSH,
    /** No rows are wanted. */
    META_ONLY;

    public static FlushStrategy choose(BackupOptions options, MilvusSource source) {
        if (options.metaOnly()) {
            return META_ONLY;
        }
        return switch (options.flush()) {
            case SERIAL_FLUSH -> SERIAL_FLUSH;
            case SKIP_FLUSH -> SKIP_FLUSH;
            case BULK_FLUSH -> {
                if (!source.canFlushAll()) {
                    throw MigratorException.unable(
                            Failure.UNSUPPORTED,
                            "use",
                            "strategy=bulk_flush",
                            "this is Milvus " + source.version().text()
                                    + ", and 2.6.11 was the first to flush all collections at once",
                            "Use strategy=serial_flush, or leave it out.");
                }
                yield BULK_FLUSH;
            }
            case AUTO -> source.canFlushAll() ? BULK_FLUSH : SERIAL_FLUSH;
        };
    }

    /** Whether rows are sealed at all. */
    public boolean seals() {
        return this == SERIAL_FLUSH || this == BULK_FLUSH;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
