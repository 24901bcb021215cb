package io.migrator.store;

/**
 * Why an object cannot be deleted for good yet.
 *
 * @param words such as {@code locked until 2027-01-01T00:00:00Z (COMPLIANCE)}
 */
public record Hold(String words) {}
