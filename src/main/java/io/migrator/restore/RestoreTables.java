package io.migrator.restore;

import io.migrator.format.CollectionName;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a restore has created, in the job database: how a rerun tells its own collection from a conflict. */
final class RestoreTables {
    private final JdbcTemplate jdbc;

    RestoreTables(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A collection this job creates.
     *
     * @param targetId id Milvus gave it; 0 while the answer of the create call is not known
     */
    record Created(CollectionName target, long targetId) {}

    Optional<Created> find(long sourceId) {
        return jdbc
                .query(
                        "select db_name, collection_name, target_id from restore_collection where source_id = ?",
                        (result, index) -> new Created(
                                new CollectionName(result.getString(1), result.getString(2)), result.getLong(3)),
                        sourceId)
                .stream()
                .findFirst();
    }

    List<Created> all() {
        return jdbc.query(
                "select db_name, collection_name, target_id from restore_collection order by collection_name",
                (result, index) ->
                        new Created(new CollectionName(result.getString(1), result.getString(2)), result.getLong(3)));
    }

    void creating(long sourceId, CollectionName target) {
        put(sourceId, target, "CREATING", 0);
    }

    void created(long sourceId, CollectionName target, long targetId) {
        put(sourceId, target, "CREATED", targetId);
    }

    void forget(long sourceId) {
        jdbc.update("delete from restore_collection where source_id = ?", sourceId);
    }

    void clear() {
        jdbc.update("delete from restore_collection");
    }

    private void put(long sourceId, CollectionName target, String state, long targetId) {
        jdbc.update(
                "merge into restore_collection (source_id, db_name, collection_name, state, target_id)"
                        + " key (source_id) values (?, ?, ?, ?, ?)",
                sourceId,
                target.database(),
                target.collection(),
                state,
                targetId);
    }
}
