package io.migrator.backup.state;

import io.migrator.batch.Transactions;
import io.migrator.milvus.Segment;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The cuts of collections, and the moments they came to, in the job database. */
public final class CutTable {
    private final JdbcTemplate jdbc;
    private final Transactions transactions;

    CutTable(Transactions transactions) {
        this.jdbc = transactions.jdbc();
        this.transactions = transactions;
    }

    /** Keeps the cuts in place of earlier ones; a collection without one has none from now on. */
    public void put(Map<Long, Optional<Cut>> cuts) {
        transactions.run(() -> replace(cuts));
    }

    private void replace(Map<Long, Optional<Cut>> cuts) {
        List<Object[]> ids = cuts.keySet().stream().map(id -> new Object[] {id}).toList();
        transactions.update("delete from backup_cut where collection_id = ?", ids);
        transactions.update("delete from backup_cut_segment where collection_id = ?", ids);
        transactions.update(
                "insert into backup_cut (collection_id, begun) values (?, ?)",
                cuts.entrySet().stream()
                        .flatMap(entry ->
                                entry.getValue().stream().map(cut -> new Object[] {entry.getKey(), cut.begun()}))
                        .toList());
        transactions.update(
                "insert into backup_cut_segment (collection_id, segment_id, partition_id, row_count, level0,"
                        + " storage_version, fresh) values (?, ?, ?, ?, ?, ?, ?)",
                cuts.entrySet().stream()
                        .flatMap(entry -> entry.getValue().stream())
                        .flatMap(cut -> cut.segments().stream().map(one -> new Object[] {
                            one.collectionId(),
                            one.id(),
                            one.partitionId(),
                            one.rows(),
                            one.level0(),
                            one.storageVersion(),
                            cut.fresh().contains(one.id())
                        }))
                        .toList());
    }

    public Optional<Cut> find(long collection) {
        return jdbc
                .queryForList("select begun from backup_cut where collection_id = ?", Long.class, collection)
                .stream()
                .findFirst()
                .map(begun -> cut(collection, begun));
    }

    private Cut cut(long collection, long begun) {
        List<Segment> segments = new ArrayList<>();
        Set<Long> fresh = new HashSet<>();
        jdbc.query(
                "select segment_id, partition_id, row_count, level0, storage_version, fresh from backup_cut_segment"
                        + " where collection_id = ? order by segment_id",
                (ResultSet row) -> {
                    Segment segment = new Segment(
                            row.getLong(1),
                            collection,
                            row.getLong(2),
                            row.getLong(3),
                            row.getBoolean(4),
                            row.getLong(5));
                    segments.add(segment);
                    if (row.getBoolean(6)) {
                        fresh.add(segment.id());
                    }
                },
                collection);
        return new Cut(begun, segments, fresh);
    }

    /** Says which timestamp is the latest of the rows in a cut, or that this cannot be told. */
    public void latest(long collection, @Nullable Long timestamp) {
        jdbc.update("update backup_cut set latest = ? where collection_id = ?", timestamp, collection);
    }

    public Optional<Moment> moment(long collection) {
        return jdbc
                .query(
                        "select begun, latest from backup_cut where collection_id = ?",
                        (result, index) -> {
                            long latest = result.getLong(2);
                            return new Moment(result.getLong(1), result.wasNull() ? null : latest);
                        },
                        collection)
                .stream()
                .findFirst();
    }

    void clear() {
        transactions.run(() -> {
            jdbc.update("delete from backup_cut");
            jdbc.update("delete from backup_cut_segment");
        });
    }
}
