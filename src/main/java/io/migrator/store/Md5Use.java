package io.migrator.store;

/** What a store makes of the MD5 of a content that is written to it. */
public enum Md5Use {
    /**
     * Its server is sent the MD5, refuses other bytes (CORRUPT), and says what it has: one that the source tells is proved so,
     * and nobody here need compute it.
     */
    COMPARED,
    /** The object keeps it, or the store tells what it has. */
    KEPT,
    /** Nothing: another checksum proves no less. */
    NONE;

    /** Of a content of up to so many bytes no store makes nothing: small ones have an MD5 wherever they are. */
    public static final long SMALL = 5L << 20;
}
