package io.migrator.backup.state;

import io.migrator.milvus.Segment;
import java.util.List;
import java.util.Set;

/**
 * The segments that held all rows of a collection when it was flushed, and no later row: sealing is one step of the server,
 * so what it had acknowledged before is in them, and what was sent after its answer is not.
 *
 * @param begun hybrid timestamp from before the rows were sealed
 * @param segments those with rows that the flush named, and those of deletes that were there when it was over
 * @param fresh those of them that the flush itself sealed: only these may hold rows younger than {@code begun}
 */
public record Cut(long begun, List<Segment> segments, Set<Long> fresh) {
    public Cut {
        segments = List.copyOf(segments);
        fresh = Set.copyOf(fresh);
    }
}
