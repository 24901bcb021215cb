package io.migrator.backup.state;

import io.migrator.batch.Transactions;
import io.migrator.milvus.Segment;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The planned segments of a backup in the job database; their files are in the copy plan. */
public final class SegmentTable {
    private final JdbcTemplate jdbc;
    private final Transactions transactions;

    SegmentTable(Transactions transactions) {
        this.jdbc = transactions.jdbc();
        this.transactions = transactions;
    }

    public void put(List<PlannedSegment> segments) {
        transactions.run(() -> {
            transactions.update(
                    "delete from backup_segment where collection_id = ? and segment_id = ?",
                    segments.stream()
                            .map(one -> new Object[] {
                                one.segment().collectionId(), one.segment().id()
                            })
                            .toList());
            insert(segments);
        });
    }

    private void insert(List<PlannedSegment> segments) {
        transactions.update(
                "insert into backup_segment"
                        + " (collection_id, segment_id, partition_id, row_count, level0, storage_version, vchannel)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                segments.stream()
                        .map(one -> new Object[] {
                            one.segment().collectionId(),
                            one.segment().id(),
                            one.segment().partitionId(),
                            one.segment().rows(),
                            one.segment().level0(),
                            one.segment().storageVersion(),
                            one.vchannel()
                        })
                        .toList());
    }

    public List<PlannedSegment> of(long collectionId) {
        return jdbc.query(
                "select segment_id, partition_id, row_count, level0, storage_version, vchannel from backup_segment"
                        + " where collection_id = ? order by partition_id, segment_id",
                (result, index) -> new PlannedSegment(
                        new Segment(
                                result.getLong(1),
                                collectionId,
                                result.getLong(2),
                                result.getLong(3),
                                result.getBoolean(4),
                                result.getLong(5)),
                        result.getString(6)),
                collectionId);
    }

    /** Segments that neither the plan holds a file of, nor a shared unit. */
    public List<Long> withoutFiles() {
        return jdbc.query(
                "select segment_id from backup_segment s where not exists (select 1 from copy_plan"
                        + " where owner_id = s.collection_id and segment_id = s.segment_id)"
                        + " and not exists (select 1 from backup_unit u where u.collection_id = s.collection_id"
                        + " and u.segment_id = s.segment_id and u.parent <> 0)",
                (result, row) -> result.getLong(1));
    }

    void remove(long collectionId) {
        jdbc.update("delete from backup_segment where collection_id = ?", collectionId);
    }

    /** Takes away what a run that died left of collections it had not planned to the end. */
    public void forgetHalfPlanned() {
        String half = " in (select collection_id from backup_collection where not planned)";
        transactions.run(() -> {
            jdbc.update("delete from copy_plan where owner_id" + half);
            jdbc.update("delete from backup_unit where collection_id" + half);
            jdbc.update("delete from backup_segment where collection_id" + half);
        });
    }

    void clear() {
        jdbc.update("delete from backup_segment");
    }
}
