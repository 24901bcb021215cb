package io.migrator.catalog;

import io.migrator.format.DamagedMetaException;
import io.migrator.format.KeyOrder;
import io.migrator.format.ObjectEntry;
import io.migrator.format.ObjectManifestReader;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds entries of the object manifest by ascending keys, in one pass. */
final class ManifestCursor {
    private final ObjectManifestReader reader;
    private @Nullable ObjectEntry current;
    private boolean started;

    /** Reads from {@code reader}, which stays open. */
    ManifestCursor(ObjectManifestReader reader) {
        this.reader = reader;
    }

    /**
     * @param key relative to the backup's directory, not less than the one asked for before
     */
    Optional<ObjectEntry> find(String key) throws IOException {
        if (!started) {
            started = true;
            current = reader.next();
        }
        while (current != null && KeyOrder.UTF8.compare(current.key(), key) < 0) {
            current = reader.next();
        }
        return current != null && current.key().equals(key) ? Optional.of(current) : Optional.empty();
    }

    /**
     * Reads what is left.
     *
     * @throws DamagedMetaException where the file turns out to be cut
     */
    void drain() throws IOException {
        do {
            current = reader.next();
        } while (current != null);
    }
}
