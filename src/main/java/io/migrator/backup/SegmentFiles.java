package io.migrator.backup;

import io.migrator.milvus.Segment;
import io.migrator.store.StoredObject;
import java.util.List;

/** A segment with the files Milvus keeps for it. */
record SegmentFiles(Segment segment, List<StoredObject> insertLogs, List<StoredObject> deltaLogs) {}
