package io.migrator.config;

/**
 * The {@code seal:} section: the key by which backups are sealed, so that a restore knows them from those of others.
 *
 * @param key empty where there is none
 * @param keyFile the file it was read from; empty where it was not
 */
public record SealConfig(Secret key, String keyFile) {
    public static final SealConfig NONE = new SealConfig(Secret.NONE, "");

    public static final String KEY = "seal.key";
    public static final String KEY_FILE = "seal.keyFile";
    /** Whoever can read the vault can try keys without anybody noticing. */
    public static final int SHORTEST = 32;

    public static final int LONGEST = 4096;
}
