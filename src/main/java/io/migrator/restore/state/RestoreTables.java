package io.migrator.restore.state;

import io.migrator.batch.Resume;
import io.migrator.batch.Transactions;
import io.migrator.selection.CollectionName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a restore has created or taken over, in the job database: how a rerun tells its own collection from a conflict. */
public final class RestoreTables {
    private final JdbcTemplate jdbc;
    private final Transactions transactions;

    public RestoreTables(Transactions transactions) {
        this.jdbc = transactions.jdbc();
        this.transactions = transactions;
    }

    /**
     * A collection this job creates or restores into.
     *
     * @param targetId id Milvus gave it; 0 while the answer of the create call is not known
     */
    public record Created(CollectionName target, long targetId) {}

    public Optional<Created> find(long sourceId) {
        return jdbc
                .query(
                        "select db_name, collection_name, target_id from restore_collection where source_id = ?",
                        (result, index) -> new Created(
                                new CollectionName(result.getString(1), result.getString(2)), result.getLong(3)),
                        sourceId)
                .stream()
                .findFirst();
    }

    /** All of them, by the collection in the backup. */
    public Map<Long, Created> bySource() {
        Map<Long, Created> all = new HashMap<>();
        jdbc.query("select source_id, db_name, collection_name, target_id from restore_collection", result -> {
            CollectionName name = new CollectionName(result.getString(2), result.getString(3));
            all.put(result.getLong(1), new Created(name, result.getLong(4)));
        });
        return all;
    }

    public List<Created> all() {
        return jdbc.query(
                "select db_name, collection_name, target_id from restore_collection order by db_name, collection_name",
                (result, index) ->
                        new Created(new CollectionName(result.getString(1), result.getString(2)), result.getLong(3)));
    }

    /** To be promised before the call. */
    public void creating(long sourceId, CollectionName target) {
        put(sourceId, target, "CREATING", 0);
    }

    public void created(long sourceId, CollectionName target, long targetId) {
        put(sourceId, target, "CREATED", targetId);
    }

    /** The rows and the definition are as they must be: users may change them from now on. */
    public void proven(long sourceId) {
        jdbc.update("update restore_collection set state = 'PROVEN' where source_id = ?", sourceId);
    }

    /**
     * A run came to its end with it: from now on only what is asked for beyond that is done to it.
     *
     * @param done all that was done to it, by this run and those before
     */
    public void ended(long sourceId, Wishes done) {
        jdbc.update(
                "update restore_collection set state = 'ENDED', wishes = ? where source_id = ?", done.text(), sourceId);
    }

    /** Those of a run that came to its end with them, by their collections in the backup, and what was done to each. */
    Map<Long, Wishes> allEnded() {
        Map<Long, Wishes> ended = new HashMap<>();
        jdbc.query("select source_id, wishes from restore_collection where state = 'ENDED'", result -> {
            ended.put(result.getLong(1), Wishes.parse(result.getString(2)));
        });
        return ended;
    }

    /**
     * The collections in the backup whose restored ones were proven, by this run or one before; also those of a run that
     * came to its end with doubts, which are kept as facts.
     */
    public Set<Long> allProven() {
        return Set.copyOf(jdbc.queryForList(
                "select source_id from restore_collection where state in ('PROVEN', 'ENDED')", Long.class));
    }

    /**
     * Takes a collection over that was there before.
     *
     * @param rows rows of each partition at this moment
     * @param newestJob id of the newest import job the server has for it, none of which is this restore's
     */
    public void takeOver(long sourceId, CollectionName target, long targetId, Map<String, Long> rows, long newestJob) {
        transactions.run(() -> {
            transactions.put(
                    "update restore_existing set newest_job = ?, indexes_dropped = false where source_id = ?",
                    "insert into restore_existing (newest_job, source_id, indexes_dropped) values (?, ?, false)",
                    newestJob,
                    sourceId);
            jdbc.update("delete from restore_before where source_id = ?", sourceId);
            rows.forEach((partition, count) -> jdbc.update(
                    "insert into restore_before (source_id, partition_name, row_count) values (?, ?, ?)",
                    sourceId,
                    partition,
                    count));
            put(sourceId, target, "EXISTING", targetId);
        });
    }

    /** What a user does with rows that may be wrong, before the next run: nobody is told to drop what was there before. */
    public String startOver(long sourceId, CollectionName target) {
        return tookOver(sourceId)
                ? "Remove the rows that this restore brought into " + target + ", or restore under another name."
                : "Drop " + target + " and run the same command again.";
    }

    /** The same, and that {@code resume=restart} can help: not where rows went into what was there before. */
    public String startOverOrAnew(long sourceId, CollectionName target) {
        String advice = startOver(sourceId, target);
        return tookOver(sourceId) ? advice : Resume.adviceForRestore(advice);
    }

    /** Whether the collection was there before this restore. */
    public boolean tookOver(long sourceId) {
        return !jdbc.queryForList("select source_id from restore_existing where source_id = ?", Long.class, sourceId)
                .isEmpty();
    }

    /** Rows a partition had before this restore; none in a collection that it created. */
    public long rowsBefore(long sourceId, String partition) {
        return jdbc
                .queryForList(
                        "select row_count from restore_before where source_id = ? and partition_name = ?",
                        Long.class,
                        sourceId,
                        partition)
                .stream()
                .findFirst()
                .orElse(0L);
    }

    /** Import jobs up to this id are not this restore's. */
    public long newestForeignJob(long sourceId) {
        return jdbc
                .queryForList("select newest_job from restore_existing where source_id = ?", Long.class, sourceId)
                .stream()
                .findFirst()
                .orElse(0L);
    }

    /** Whether the indexes that a collection had before are still to be dropped. */
    public boolean hasForeignIndexes(long sourceId) {
        return jdbc
                .queryForList(
                        "select indexes_dropped from restore_existing where source_id = ?", Boolean.class, sourceId)
                .stream()
                .anyMatch(dropped -> !dropped);
    }

    public void indexesDropped(long sourceId) {
        jdbc.update("update restore_existing set indexes_dropped = true where source_id = ?", sourceId);
    }

    public void forget(long sourceId) {
        jdbc.update("delete from restore_collection where source_id = ?", sourceId);
    }

    public void clear() {
        transactions.run(() -> {
            jdbc.update("delete from restore_collection");
            jdbc.update("delete from restore_existing");
            jdbc.update("delete from restore_before");
        });
    }

    /** Those that were proven, which users may work with, by their collections in the backup. */
    Map<Long, Created> settled() {
        Map<Long, Created> settled = new TreeMap<>(bySource());
        settled.keySet().retainAll(allProven());
        return settled;
    }

    private void put(long sourceId, CollectionName target, String state, long targetId) {
        transactions.put(
                "update restore_collection set db_name = ?, collection_name = ?, state = ?, target_id = ?, wishes = ''"
                        + " where source_id = ?",
                "insert into restore_collection (db_name, collection_name, state, target_id, source_id, wishes)"
                        + " values (?, ?, ?, ?, ?, '')",
                target.database(),
                target.collection(),
                state,
                targetId,
                sourceId);
    }
}
