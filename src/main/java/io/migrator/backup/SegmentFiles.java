package io.migrator.backup;

import io.migrator.store.StoredObject;
import java.util.List;

/** A segment with the files Milvus keeps for it. */
record SegmentFiles(PlannedSegment segment, List<StoredObject> insertLogs, List<StoredObject> deltaLogs) {}
