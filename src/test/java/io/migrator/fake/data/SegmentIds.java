package io.migrator.fake.data;

/**
 * Where a segment's files lie (milvus-api.md 4.1).
 *
 * @param rootPath of the server, without slashes at its ends; may be empty
 * @param partitionId -1 for deletes of the whole collection
 */
public record SegmentIds(String rootPath, long collectionId, long partitionId, long segmentId) {
    String insertDirectory() {
        return directory("insert_log");
    }

    String deltaDirectory() {
        return directory("delta_log");
    }

    /** @param group a field's id, or that of a column group of storage version 2 */
    String insertLog(long group, long logId) {
        return insertDirectory() + group + "/" + logId;
    }

    String deltaLog(long logId) {
        return deltaDirectory() + logId;
    }

    private String directory(String kind) {
        return (rootPath.isEmpty() ? "" : rootPath + "/")
                + "%s/%d/%d/%d/".formatted(kind, collectionId, partitionId, segmentId);
    }
}
