package io.migrator.backup.plan;

import io.migrator.backup.state.PlannedSegment;
import io.migrator.store.StoredObject;
import java.util.List;

/** A segment with the files Milvus keeps for it. */
public record SegmentFiles(PlannedSegment segment, List<StoredObject> insertLogs, List<StoredObject> deltaLogs) {}
