package io.migrator.backup;

import io.migrator.batch.BatchedUpdates;
import io.migrator.milvus.Segment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The cuts of collections, and the moments they came to, in the job database. */
final class CutTable {
    private final JdbcTemplate jdbc;
    private final BatchedUpdates updates;

    CutTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.updates = new BatchedUpdates(jdbc);
    }

    /** Keeps the cuts in place of earlier ones; a collection without one has none from now on. */
    void put(Map<Long, Optional<Cut>> cuts) {
        List<Object[]> ids = cuts.keySet().stream().map(id -> new Object[] {id}).toList();
        updates.run("delete from backup_cut where collection_id = ?", ids);
        updates.run("delete from backup_cut_segment where collection_id = ?", ids);
        updates.run(
                "insert into backup_cut (collection_id, begun) values (?, ?)",
                cuts.entrySet().stream()
                        .flatMap(entry ->
                                entry.getValue().stream().map(cut -> new Object[] {entry.getKey(), cut.begun()}))
                        .toList());
        updates.run(
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

    Optional<Cut> find(long collection) {
        return jdbc
                .queryForList("select begun from backup_cut where collection_id = ?", Long.class, collection)
                .stream()
                .findFirst()
                .map(begun -> new Cut(begun, segments(collection), fresh(collection)));
    }

    private List<Segment> segments(long collection) {
        return jdbc.query(
                "select segment_id, partition_id, row_count, level0, storage_version from backup_cut_segment"
                        + " where collection_id = ? order by segment_id",
                (result, index) -> new Segment(
                        result.getLong(1),
                        collection,
                        result.getLong(2),
                        result.getLong(3),
                        result.getBoolean(4),
                        result.getLong(5)),
                collection);
    }

    private Set<Long> fresh(long collection) {
        return jdbc
                .queryForList(
                        "select segment_id from backup_cut_segment where collection_id = ? and fresh",
                        Long.class,
                        collection)
                .stream()
                .collect(Collectors.toSet());
    }

    /** Says which timestamp is the latest of the rows in a cut, or that this cannot be told. */
    void latest(long collection, @Nullable Long timestamp) {
        jdbc.update("update backup_cut set latest = ? where collection_id = ?", timestamp, collection);
    }

    Optional<Moment> moment(long collection) {
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
        jdbc.update("delete from backup_cut");
        jdbc.update("delete from backup_cut_segment");
    }
}
