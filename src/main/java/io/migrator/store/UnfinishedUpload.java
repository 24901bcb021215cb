package io.migrator.store;

import java.time.Instant;

/**
 * An object whose parts were sent but never put together. It takes room and no listing of objects shows it.
 *
 * @param key of the object it was to become
 * @param id the store's name for it
 */
public record UnfinishedUpload(String key, String id, Instant begun) {}
