package io.migrator.backup.state;

import io.migrator.batch.Transactions;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.MetaJson;
import io.migrator.format.own.RunRecord;
import io.migrator.milvus.schema.CollectionDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** The collections of a backup in the job database: which they are, how far each is, which are left out and why. */
public final class BackupTables {
    private static final int LONGEST_REASON = 4000;

    private final JdbcTemplate jdbc;
    private final Transactions transactions;

    BackupTables(Transactions transactions) {
        this.jdbc = transactions.jdbc();
        this.transactions = transactions;
    }

    /** Writes down what the backup is of, in place of what may be there. */
    void freeze(Collection<FrozenCollection> collections, Collection<String> databases) {
        List<Object[]> rows = new ArrayList<>();
        collections.forEach(one -> rows.add(new Object[] {one.id(), rows.size(), one.database(), one.name()}));
        List<Object[]> names = new ArrayList<>();
        databases.forEach(name -> names.add(new Object[] {name, names.size()}));
        transactions.run(() -> {
            clear();
            transactions.update(
                    "insert into backup_collection (collection_id, position, db_name, collection_name)"
                            + " values (?, ?, ?, ?)",
                    rows);
            transactions.update("insert into backup_database (db_name, position) values (?, ?)", names);
        });
    }

    public List<String> databases() {
        return jdbc.query(
                "select db_name from backup_database order by position", (result, row) -> result.getString(1));
    }

    public List<FrozenCollection> notDescribed() {
        return frozen("info is null and missing is null");
    }

    public List<FrozenCollection> notPlanned() {
        return frozen("info is not null and not planned and missing is null");
    }

    /** Those of which something is still to be asked or copied. */
    public List<FrozenCollection> unfinished() {
        return frozen("missing is null and (not planned or exists"
                + " (select 1 from copy_plan where owner_id = collection_id and state <> 'COPIED'))");
    }

    public List<FrozenCollection> all() {
        return frozen("true");
    }

    public FrozenCollection frozen(long id) {
        return frozen("collection_id = " + id).get(0);
    }

    private List<FrozenCollection> frozen(String condition) {
        return jdbc.query(
                "select collection_id, db_name, collection_name, flushed from backup_collection where " + condition
                        + " order by position",
                (result, index) -> new FrozenCollection(
                        result.getLong(1), result.getString(2), result.getString(3), result.getBoolean(4)));
    }

    public CollectionInfo info(long id) {
        return infos("collection_id = " + id).get(0);
    }

    /** All that have been described and are not left out. */
    public List<CollectionInfo> collections() {
        return infos("info is not null and missing is null");
    }

    private List<CollectionInfo> infos(String condition) {
        return jdbc.query(
                "select info from backup_collection where " + condition + " order by position",
                (result, index) -> fromJson(result.getString(1)));
    }

    public byte[] raw(long id) {
        return jdbc.query(
                        "select raw from backup_collection where collection_id = ?",
                        (result, index) -> result.getBytes(1),
                        id)
                .get(0);
    }

    public boolean anyFlushed() {
        return !frozen("flushed").isEmpty();
    }

    public void allFlushed() {
        jdbc.update("update backup_collection set flushed = true");
    }

    /** @param withoutRows whether there is nothing to plan for them */
    public void described(List<CollectionDescription> descriptions, boolean withoutRows) {
        transactions.update(
                "update backup_collection set info = ?, raw = ?, flushed = true, planned = ?, planned_rows = null"
                        + " where collection_id = ?",
                descriptions.stream()
                        .map(one -> new Object[] {
                            toJson(one.info()),
                            one.raw().toByteArray(),
                            withoutRows,
                            one.info().collectionId()
                        })
                        .toList());
    }

    /** Counts in the same statement what the plan holds: what is lost of it later is noticed by that. */
    public void planned(List<Long> ids) {
        transactions.update(
                "update backup_collection c set planned = true, planned_rows = (select coalesce(sum(row_count), 0)"
                        + " from backup_segment s where s.collection_id = c.collection_id and not s.level0),"
                        + " planned_objects = (select count(*) from copy_plan where owner_id = c.collection_id)"
                        + " + (select coalesce(sum(objects), 0) from backup_unit u where u.collection_id ="
                        + " c.collection_id and u.parent <> 0)"
                        + " where collection_id = ?",
                ids.stream().map(id -> new Object[] {id}).toList());
    }

    /** What a plan held when it was whole. */
    public record Planned(long rows, long objects) {}

    /** Empty where the collection is not planned, or has nothing to plan. */
    public Optional<Planned> plannedTotals(long id) {
        return jdbc
                .query(
                        "select planned_rows, planned_objects from backup_collection"
                                + " where planned and planned_rows is not null and collection_id = ?",
                        (result, index) -> new Planned(result.getLong(1), result.getLong(2)),
                        id)
                .stream()
                .findFirst();
    }

    /** Has the collection that got the name of another since take its place, with nothing done yet. */
    void replace(long id, long newId) {
        jdbc.update(
                "update backup_collection set collection_id = ?, info = null, raw = null, planned = false,"
                        + " flushed = false, replans = 0, missing = null where collection_id = ?",
                newId,
                id);
    }

    /** The description of one that has been described; empty otherwise. */
    public Optional<CollectionInfo> findInfo(long id) {
        return infos("info is not null and collection_id = " + id).stream().findFirst();
    }

    /** Has the collection flushed, described and planned anew; gives how often that was done. */
    int again(long id) {
        jdbc.update(
                "update backup_collection set info = null, raw = null, planned = false, flushed = false,"
                        + " replans = replans + 1 where collection_id = ?",
                id);
        return replans(id);
    }

    /** How often the collection was begun anew. */
    public int replans(long id) {
        Integer replans =
                jdbc.queryForObject("select replans from backup_collection where collection_id = ?", Integer.class, id);
        return replans == null ? 0 : replans;
    }

    void leaveOut(long id, String reason) {
        String cut = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
        jdbc.update("update backup_collection set missing = ? where collection_id = ?", cut, id);
    }

    public List<RunRecord.Missing> leftOut() {
        return jdbc.query(
                "select db_name, collection_name, missing from backup_collection where missing is not null"
                        + " order by position",
                (result, index) ->
                        new RunRecord.Missing(result.getString(1), result.getString(2), result.getString(3)));
    }

    /** Gives those that were left out another chance, from the start. */
    public void retryLeftOut() {
        jdbc.update("update backup_collection set info = null, raw = null, planned = false, flushed = false,"
                + " replans = 0, missing = null where missing is not null");
    }

    private void clear() {
        transactions.run(() -> {
            jdbc.update("delete from backup_collection");
            jdbc.update("delete from backup_database");
        });
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
