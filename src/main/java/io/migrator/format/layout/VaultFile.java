package io.migrator.format.layout;

/**
 * A file of a segment as it must lie in the vault.
 *
 * @param key its key in the vault's bucket
 * @param size bytes
 */
public record VaultFile(String key, long size) {}
