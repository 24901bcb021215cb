package io.migrator.store;

/**
 * An object as a store lists it.
 *
 * @param size bytes
 * @param etag entity tag without quotes; empty where the store has none
 */
public record StoredObject(String key, long size, String etag) {
    /** What the tag of a store begins with whose objects may get another tag by being carried elsewhere (HTTP's mark). */
    public static final String WEAK = "W/";

    /** The tag where it tells the content for good, to be kept with a backup; else empty. */
    public static String lastingEtag(String etag) {
        return etag.startsWith(WEAK) ? "" : etag;
    }
}
