package io.migrator.fake.data;

import java.util.List;
import java.util.SortedMap;

/**
 * A segment as it lies in the bucket.
 *
 * @param rows before deletes
 * @param insertLogs ids of the files by field, or by column group in storage version 2
 * @param bytes of all its files
 */
public record WrittenSegment(
        SegmentIds ids,
        long rows,
        int storageVersion,
        SortedMap<Long, List<Long>> insertLogs,
        List<Long> deltaLogs,
        long bytes) {}
