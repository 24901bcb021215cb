package io.migrator.backup;

import io.migrator.format.BackupInfo;
import io.migrator.format.CollectionInfo;
import io.migrator.format.MetaFile;
import io.migrator.format.MetaJson;
import io.migrator.milvus.Segment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a backup knows of its collections and segments, in the job database. */
final class BackupTables {
    private final JdbcTemplate jdbc;

    BackupTables(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void putCollection(int position, CollectionInfo info, byte[] raw) {
        jdbc.update(
                "merge into backup_collection"
                        + " (collection_id, position, db_name, collection_name, info, raw) key (collection_id)"
                        + " values (?, ?, ?, ?, ?, ?)",
                info.collectionId(),
                position,
                info.database(),
                info.name(),
                toJson(info),
                raw);
    }

    Optional<CollectionInfo> find(String database, String collection) {
        return infos("where db_name = ? and collection_name = ?", database, collection).stream()
                .findFirst();
    }

    boolean knows(long collectionId) {
        return !infos("where collection_id = ?", collectionId).isEmpty();
    }

    List<CollectionInfo> collections() {
        return infos("");
    }

    List<CollectionInfo> notFlushed() {
        return infos("where not flushed");
    }

    List<CollectionInfo> notPlanned() {
        return infos("where not planned");
    }

    private List<CollectionInfo> infos(String where, Object... arguments) {
        return jdbc.query(
                "select info from backup_collection " + where + " order by position",
                (result, index) -> fromJson(result.getString(1)),
                arguments);
    }

    byte[] raw(long collectionId) {
        return jdbc.query(
                        "select raw from backup_collection where collection_id = ?",
                        (result, index) -> result.getBytes(1),
                        collectionId)
                .get(0);
    }

    /** The collection as it was described right after its flush. */
    void flushed(CollectionInfo info, byte[] raw) {
        jdbc.update(
                "update backup_collection set info = ?, raw = ?, flushed = true where collection_id = ?",
                toJson(info),
                raw,
                info.collectionId());
    }

    void planned(long collectionId) {
        jdbc.update("update backup_collection set planned = true where collection_id = ?", collectionId);
    }

    /** Forgets what was planned for a collection, so that it is flushed and planned anew. */
    void forgetPlan(long collectionId, boolean flushAgain) {
        jdbc.update("delete from backup_segment where collection_id = ?", collectionId);
        jdbc.update(
                "update backup_collection set planned = false, flushed = flushed and not ? where collection_id = ?",
                flushAgain,
                collectionId);
    }

    void clear() {
        jdbc.update("delete from backup_segment");
        jdbc.update("delete from backup_collection");
    }

    void putSegment(Segment segment) {
        jdbc.update(
                "merge into backup_segment"
                        + " (collection_id, segment_id, partition_id, row_count, level0, storage_version)"
                        + " key (collection_id, segment_id) values (?, ?, ?, ?, ?, ?)",
                segment.collectionId(),
                segment.id(),
                segment.partitionId(),
                segment.rows(),
                segment.level0(),
                segment.storageVersion());
    }

    List<Segment> segments(long collectionId) {
        return jdbc.query(
                "select segment_id, partition_id, row_count, level0, storage_version from backup_segment"
                        + " where collection_id = ? order by partition_id, segment_id",
                (result, index) -> new Segment(
                        result.getLong(1),
                        collectionId,
                        result.getLong(2),
                        result.getLong(3),
                        result.getBoolean(4),
                        result.getLong(5)),
                collectionId);
    }

    private static String toJson(CollectionInfo info) {
        BackupInfo wrapper = new BackupInfo("", 0, "", List.of(info), 0, null, null, List.of(), null);
        try {
            return new String(MetaJson.write(wrapper, MetaFile.FULL), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CollectionInfo fromJson(String json) {
        try {
            return MetaJson.readFull(json.getBytes(StandardCharsets.UTF_8))
                    .collections()
                    .get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
