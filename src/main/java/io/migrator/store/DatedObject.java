package io.migrator.store;

import java.time.Instant;

/**
 * An object, and when it came to be what it is.
 *
 * @param writtenAt by the store's clock
 */
public record DatedObject(StoredObject object, Instant writtenAt) {}
