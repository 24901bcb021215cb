package io.migrator.store;

import io.migrator.format.checksum.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * An object as a store lists it.
 *
 * @param size bytes
 * @param etag entity tag without quotes; empty where the store has none
 * @param checksum of its content, as the store says or as it was computed here; null where neither is so
 */
public record StoredObject(String key, long size, String etag, @Nullable Checksum checksum) {
    /** What the tag of a store begins with whose objects may get another tag by being carried elsewhere (HTTP's mark). */
    public static final String WEAK = "W/";

    /** An object of which no checksum is known. */
    public StoredObject(String key, long size, String etag) {
        this(key, size, etag, null);
    }

    /** The same object with what is known of its content. */
    public StoredObject withChecksum(@Nullable Checksum known) {
        return new StoredObject(key, size, etag, known);
    }

    /** The tag where it tells the content for good, to be kept with a backup; else empty. */
    public static String lastingEtag(String etag) {
        return etag.startsWith(WEAK) ? "" : etag;
    }
}
