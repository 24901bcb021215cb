package io.migrator.fake.data;

/**
 * What a segment is to hold. The same content with the same ids gives the same bytes.
 *
 * @param firstRow number of its first row within the collection; the primary key of a row is its number, as text
 *     {@code k<number>}, so segments of a collection need ranges of their own
 * @param seed of all other values
 * @param firstTimestamp of its first row; each next row has one more
 * @param logs how many files each field has, at most one a row
 * @param deletes how many of its first rows are deleted by its own delta log
 * @param storageVersion 1: a file a field; 2: Parquet files of column groups
 */
public record SegmentRows(
        int rows,
        long firstRow,
        long seed,
        long firstTimestamp,
        int logs,
        int deletes,
        DeltaForm deltaForm,
        int storageVersion) {
    /** 1 November 2026, as Milvus counts. */
    public static final long SOME_TIME = 1_793_491_200_000L << 18;

    /** One file a field, no deletes, storage version 1. */
    public static SegmentRows of(int rows, long firstRow, long seed) {
        return new SegmentRows(rows, firstRow, seed, SOME_TIME + firstRow, 1, 0, DeltaForm.JSON, 1);
    }

    public SegmentRows withDeletes(int count, DeltaForm form) {
        return new SegmentRows(rows, firstRow, seed, firstTimestamp, logs, count, form, storageVersion);
    }

    public SegmentRows withLogs(int count) {
        return new SegmentRows(rows, firstRow, seed, firstTimestamp, count, deletes, deltaForm, storageVersion);
    }

    public SegmentRows at(long timestamp) {
        return new SegmentRows(rows, firstRow, seed, timestamp, logs, deletes, deltaForm, storageVersion);
    }

    public SegmentRows withStorageVersion(int version) {
        return new SegmentRows(rows, firstRow, seed, firstTimestamp, logs, deletes, deltaForm, version);
    }

    long lastTimestamp() {
        return firstTimestamp + rows - 1;
    }
}
