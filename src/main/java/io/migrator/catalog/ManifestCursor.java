package io.migrator.catalog;

import io.migrator.format.DamagedMetaException;
import io.migrator.format.layout.KeyOrder;
import io.migrator.format.own.ObjectEntry;
import io.migrator.format.own.ObjectManifestReader;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds entries of the object manifest by ascending keys, in one pass. */
public final class ManifestCursor {
    private final ObjectManifestReader reader;
    private final Consumer<ObjectEntry> unasked;
    private @Nullable ObjectEntry current;
    private boolean started;
    private boolean asked;

    /**
     * Reads from {@code reader}, which stays open.
     *
     * @param unasked told each entry that is not asked for
     */
    public ManifestCursor(ObjectManifestReader reader, Consumer<ObjectEntry> unasked) {
        this.reader = reader;
        this.unasked = unasked;
    }

    /**
     * The entry of a key; empty where there is none.
     *
     * @param key relative to the backup's directory, not less than the one asked for before
     * @throws DamagedMetaException where the manifest is damaged up to there
     */
    public Optional<ObjectEntry> find(String key) throws IOException {
        if (!started) {
            started = true;
            current = reader.next();
        }
        while (current != null && KeyOrder.UTF8.compare(current.key(), key) < 0) {
            passOver(current);
        }
        asked = current != null && current.key().equals(key);
        return asked ? Optional.ofNullable(current) : Optional.empty();
    }

    /**
     * Reads what is left.
     *
     * @throws DamagedMetaException where the file turns out to be cut
     */
    public void drain() throws IOException {
        if (!started) {
            started = true;
            current = reader.next();
        }
        while (current != null) {
            passOver(current);
        }
    }

    private void passOver(ObjectEntry entry) throws IOException {
        if (!asked) {
            unasked.accept(entry);
        }
        asked = false;
        current = reader.next();
    }
}
