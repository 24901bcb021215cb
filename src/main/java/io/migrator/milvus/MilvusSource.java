package io.migrator.milvus;

import io.migrator.format.meta.DatabaseInfo;
import io.migrator.format.meta.RbacInfo;
import io.migrator.format.meta.SchemaInfo;
import io.migrator.milvus.calls.ServerVersion;
import io.migrator.milvus.schema.CollectionDescription;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.LongPredicate;

/** Reading side of a Milvus. Changes nothing there but by {@link #flush} and {@link
 * #flushAll}. For many threads. Names: a database is never empty. */
public interface MilvusSource extends AutoCloseable {
    /** Fails with UNREACHABLE or DENIED. Asked for once. */
    ServerVersion version();

    /** UNSUPPORTED where the server is older than all that can be read. */
    void requireSupported();

    /** {@code default} alone where the server has no databases. */
    List<String> databases();

    /** Collections of the database with their ids; NOT_FOUND where there is no such database. */
    SortedMap<String, Long> collections(String database);

    /** Id and properties, where the server gives them (2.4.3); never the encryption key. */
    DatabaseInfo describeDatabase(String database);

    /** NOT_FOUND, naming the nearest names, where it does not exist. */
    CollectionDescription describe(String database, String collection);

    /** The schema alone, by one call; NOT_FOUND, naming the nearest names, where there is no such collection. */
    SchemaInfo schema(String database, String collection);

    /** Seals and persists all rows; returns when they are. */
    FlushOutcome flush(String database, String collection);

    /** Whether {@link #flushAll} is known to this server (2.6.11). */
    boolean canFlushAll();

    /** Seals and persists all rows of all collections; returns when they are. */
    FlushAllOutcome flushAll();

    /**
     * Persistent segments; retried while compaction makes the server contradict itself.
     *
     * @param awaited which segments to wait for that are on their way to that, as after a flush; others are left out
     */
    List<Segment> segments(String database, String collection, LongPredicate awaited);

    /**
     * Rows of a collection by the server's own count, deleted ones included and those in memory left out; empty where the
     * user has no right to ask, or there is no such collection.
     */
    OptionalLong rows(String database, String collection);

    /** Whether segments of deletes are there and not told from others (2.4.0 to 2.4.6): they seem to have no rows. */
    boolean hidesLevels();

    /** What the server says of the files of segments (2.5.8); those it says nothing of are missing. Never fails. */
    Map<Long, SegmentLogs> logs(String database, long collectionId, List<Long> segments);

    /** Users, roles, grants and privilege groups; UNSUPPORTED before 2.4.10. Holds password hashes. */
    RbacInfo rbac();

    @Override
    void close();
}
