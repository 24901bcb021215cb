package io.migrator.catalog;

/**
 * Something that is not as the backup says.
 *
 * @param key the object in the vault, or the directory of what has none
 * @param detail what is wrong, in words for a user
 */
public record Finding(Kind kind, long collectionId, String key, String detail) {
    /** The object and what is wrong with it, for a message. */
    public String told() {
        return key + ": " + detail;
    }

    /** What is wrong with an object. */
    public enum Kind {
        MISSING,
        WRONG_SIZE,
        /** Same size, but not the object that was proved when the backup was made, or a copy of it made elsewhere. */
        WRONG_ETAG,
        /** No segment of the backup has this file, but an import of its directory would read it. */
        STRANGER,
        /** The object manifest does not have the file. */
        NOT_IN_MANIFEST,
        /** The object manifest itself is damaged: entity tags were not compared from there on. */
        MANIFEST_DAMAGED,
        /** Its bytes are not those that were backed up. */
        CHECKSUM,
        /** It is no whole log, or the log of another segment. */
        ENVELOPE,
        /** It has other rows than its segment must have. */
        ROWS,
        /** A segment of which the metas have rows or deletes, and do not name the files. */
        FILES_NOT_NAMED,
        /** A file that describes the backup cannot be read. */
        META_DAMAGED,
        /** A file that describes the backup says something else than another one. */
        METAS_DISAGREE,
        /** The backup is not sealed with the user's key. */
        SEAL_KEY
    }
}
