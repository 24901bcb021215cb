package io.migrator.catalog;

import io.migrator.format.DamagedMetaException;
import io.migrator.format.KeyOrder;
import io.migrator.format.ObjectEntry;
import io.migrator.format.ObjectManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds entries of the object manifest by ascending keys, in one pass. */
final class ManifestCursor implements AutoCloseable {
    private final ObjectManifestReader reader;
    private @Nullable ObjectEntry current;

    ManifestCursor(InputStream manifest) throws IOException {
        reader = new ObjectManifestReader(manifest);
        current = reader.next();
    }

    /**
     * @param key relative to the backup's directory, not less than the one asked for before
     */
    Optional<ObjectEntry> find(String key) throws IOException {
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
        while (current != null) {
            current = reader.next();
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
