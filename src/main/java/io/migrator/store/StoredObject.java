package io.migrator.store;

/**
 * An object as a store lists it.
 *
 * @param size bytes
 * @param etag entity tag without quotes; empty where the store has none
 */
public record StoredObject(String key, long size, String etag) {}
