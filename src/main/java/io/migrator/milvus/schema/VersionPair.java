package io.migrator.milvus.schema;

import io.migrator.milvus.calls.ServerVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a backup of one Milvus may be restored into another: from 2.2 on out, into 2.3 and later, never into an older
 * line than it came from. The rule is milvus-backup's, except that 2.3 can be a target too.
 *
 * @param source version in the backup; null or empty where the backup does not tell
 */
public record VersionPair(@Nullable String source, ServerVersion target) {
    /** Whether the backup tells a version at all. */
    public boolean sourceKnown() {
        return source != null && ServerVersion.parse(source).major() != ServerVersion.NEWEST;
    }

    /** Why it is not supported; empty where it is, or where the backup does not tell. */
    public Optional<String> objection() {
        if (!target.atLeast(2, 3, 0)) {
            return Optional.of(
                    "the target is Milvus " + target.text() + ", and 2.3 is the oldest that imports backups");
        }
        if (source == null || !sourceKnown()) {
            return Optional.empty();
        }
        ServerVersion from = ServerVersion.parse(source);
        if (!from.atLeast(2, 2, 0)) {
            return Optional.of("the backup is of Milvus " + source + ", and 2.2 is the oldest that can be restored");
        }
        return target.atLeast(from.major(), from.minor(), 0)
                ? Optional.empty()
                : Optional.of("the backup is of Milvus " + source + " and the target is " + target.text()
                        + ": an older Milvus does not read what a newer one wrote");
    }
}
