package io.migrator.format.pool;

/**
 * A backup's line about a unit that it names.
 *
 * @param objects how many the unit holds
 * @param bytes sum of their sizes
 */
public record UnitRef(Unit unit, long objects, long bytes) {}
