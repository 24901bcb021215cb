package io.migrator.milvus;

import java.util.List;

/** Reading side of a Milvus. Changes nothing there but by {@link #flush}. Names: a database is never empty. */
public interface MilvusSource extends AutoCloseable {
    /** Fails with UNREACHABLE, DENIED or UNSUPPORTED where this server cannot be a source. */
    ServerVersion version();

    /** {@code default} alone where the server has no databases. */
    List<String> databases();

    List<String> collections(String database);

    /** NOT_FOUND, naming the nearest names, where it does not exist. */
    CollectionDescription describe(String database, String collection);

    /** Seals and persists all rows; returns when they are. */
    FlushOutcome flush(String database, String collection);

    /** Persistent segments, after {@link #flush}; retried while compaction makes the server contradict itself. */
    List<Segment> segments(String database, String collection);

    @Override
    void close();
}
