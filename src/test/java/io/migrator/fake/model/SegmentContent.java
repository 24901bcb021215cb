package io.migrator.fake.model;

import java.util.List;
import java.util.Map;

/**
 * The objects of a segment before they have names.
 *
 * @param rows as the server counts them: before deletes; 0 for a segment of deletes
 * @param inserts by field id, or column group id from storage version 2 on, the files in order
 * @param deltas delete logs in order
 * @param stats by field id
 */
public record SegmentContent(
        long rows, Map<Long, List<byte[]>> inserts, List<byte[]> deltas, Map<Long, List<byte[]>> stats) {}
