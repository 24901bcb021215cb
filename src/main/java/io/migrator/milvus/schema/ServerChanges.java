package io.migrator.milvus.schema;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a server adds to a schema by itself, and which therefore is no difference. Nothing else is left aside. */
final class ServerChanges {
    /** 2.6 gives every collection the time zone of its database, and notes the highest field id it gave. */
    private static final Set<String> ADDED = Set.of("timezone", "max_field_id");
    /** What a thing is anyway, written out: the function check as it is set after a restore, and memory mapping off. */
    private static final Map<String, String> DEFAULTS =
            Map.of(NewCollection.NO_RUNTIME_CHECK, "false", "mmap.enabled", "false");

    private ServerChanges() {}

    /** Whether a value that is there now, and was not in the backup, is the server's own. */
    static boolean addedByServer(String key, @Nullable Object now) {
        return ADDED.contains(key) || (now != null && now.equals(DEFAULTS.get(key)));
    }
}
