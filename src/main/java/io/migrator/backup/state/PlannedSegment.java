package io.migrator.backup.state;

import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.milvus.Segment;
import java.util.List;

/**
 * A segment that the plan holds the files of.
 *
 * @param vchannel virtual channel, empty where the server does not tell
 */
public record PlannedSegment(Segment segment, String vchannel) {
    /** As the metas describe it, without files. Each segment gets a group of its own, so that it can be imported alone. */
    public SegmentInfo skeleton() {
        long group = segment.partitionId() == VaultLayout.ALL_PARTITIONS ? 0 : segment.id();
        return new SegmentInfo(
                segment.id(),
                segment.collectionId(),
                segment.partitionId(),
                segment.rows(),
                List.of(),
                List.of(),
                0,
                group,
                segment.level0(),
                vchannel.isEmpty() ? null : vchannel,
                segment.storageVersion());
    }
}
