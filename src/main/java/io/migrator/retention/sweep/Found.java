package io.migrator.retention.sweep;

import io.migrator.format.pool.Unit;
import java.util.List;

/**
 * A unit as the listing showed it.
 *
 * @param keys of its objects, those that were listed and no others; none where they are not wanted
 * @param objects how many there are
 * @param bytes sum of their sizes
 */
record Found(Unit unit, List<String> keys, long objects, long bytes) {}
