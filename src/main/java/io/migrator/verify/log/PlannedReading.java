package io.migrator.verify.log;

import java.util.List;

/**
 * A row of the frozen plan of a deep proof: the insert logs or the delta logs of one segment.
 *
 * @param sequence position in the plan; never changes
 * @param deltas whether these are delta logs
 * @param rows what the insert logs of each field must have together; -1 where they cannot be held against it, because
 *     some are not there
 * @param latest no row of it can be later than this, as Milvus counts time
 */
public record PlannedReading(
        long sequence,
        long collection,
        long partition,
        long segment,
        boolean deltas,
        long storageVersion,
        long rows,
        long latest,
        List<LogFile> files) {
    public PlannedReading {
        files = List.copyOf(files);
    }

    public long bytes() {
        return files.stream().mapToLong(LogFile::size).sum();
    }
}
