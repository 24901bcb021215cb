package io.migrator.backup;

import io.migrator.copy.CopyPlan;
import io.migrator.format.CollectionInfo;
import io.migrator.format.PartitionInfo;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.Segment;
import io.migrator.report.Progress;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads the segments of every collection that is not planned yet, with their files by listing Milvus' bucket: one
 * listing a partition. Milvus says which segments count; files of others (compacted away, not yet collected) are left.
 */
final class SegmentReader implements ItemStreamReader<PlanItem> {
    private final MilvusSource source;
    private final SegmentListing listing;
    private final BackupTables tables;
    private final CopyPlan plan;
    private final Progress progress;
    private final Deque<CollectionInfo> collections = new ArrayDeque<>();
    private final Deque<Long> partitions = new ArrayDeque<>();
    private @Nullable CollectionInfo collection;
    private Map<Long, Segment> open = new HashMap<>();
    private Iterator<SegmentFiles> files = Collections.emptyIterator();

    SegmentReader(MilvusSource source, SegmentListing listing, BackupTables tables, CopyPlan plan, Progress progress) {
        this.source = source;
        this.listing = listing;
        this.tables = tables;
        this.plan = plan;
        this.progress = progress;
    }

    @Override
    public void open(ExecutionContext context) {
        collections.clear();
        partitions.clear();
        collection = null;
        files = Collections.emptyIterator();
        collections.addAll(tables.notPlanned());
        progress.stage("plan", collections.size(), 0);
    }

    @Override
    public @Nullable PlanItem read() {
        while (true) {
            CollectionInfo current = collection;
            if (current == null) {
                CollectionInfo next = collections.poll();
                if (next == null) {
                    return null;
                }
                begin(next);
            } else if (files.hasNext()) {
                SegmentFiles found = files.next();
                open.remove(found.segment().id());
                return new PlanItem(current.collectionId(), found);
            } else if (!partitions.isEmpty()) {
                files = listing.of(current, partitions.remove(), open).iterator();
            } else {
                listing.requireNone(current, open.values());
                collection = null;
                return new PlanItem(current.collectionId(), null);
            }
        }
    }

    private void begin(CollectionInfo next) {
        plan.remove(next.collectionId());
        tables.forgetPlan(next.collectionId(), false);
        open = new HashMap<>();
        for (Segment segment : source.segments(next.database(), next.name(), true)) {
            boolean alive = segment.partitionId() == -1
                    || next.partitions().stream().anyMatch(p -> p.partitionId() == segment.partitionId());
            if (alive && (segment.rows() > 0 || segment.level0())) {
                open.put(segment.id(), segment);
            }
        }
        next.partitions().stream().map(PartitionInfo::partitionId).forEach(partitions::add);
        if (open.values().stream().anyMatch(segment -> segment.partitionId() == -1)) {
            partitions.add(-1L);
        }
        collection = next;
    }
}
