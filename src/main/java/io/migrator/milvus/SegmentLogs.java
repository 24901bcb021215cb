package io.migrator.milvus;

import java.util.List;
import java.util.Map;

/**
 * The files of a segment as Milvus itself knows them.
 *
 * @param vchannel virtual channel the segment belongs to; empty where the server does not tell
 * @param insertLogs field, or column group, to log ids
 * @param deltaLogs log ids
 */
public record SegmentLogs(String vchannel, Map<Long, List<Long>> insertLogs, List<Long> deltaLogs) {
    public SegmentLogs {
        insertLogs = Map.copyOf(insertLogs);
        deltaLogs = List.copyOf(deltaLogs);
    }
}
