package io.migrator.milvus;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.util.List;

/** A Milvus read over gRPC. */
final class GrpcSource implements MilvusSource {
    private final Calls calls;
    private final Names names;
    private final CollectionReader reader;
    private final Sealing sealing;

    GrpcSource(Calls calls, Names names) {
        this.calls = calls;
        this.names = names;
        this.reader = new CollectionReader(calls, names);
        this.sealing = new Sealing(calls);
    }

    @Override
    public ServerVersion version() {
        ServerVersion version = names.version();
        if (!version.atLeast(2, 2, 0)) {
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    "back up",
                    names.server(),
                    "it is Milvus " + version.text() + ", and 2.2 is the oldest that can be read",
                    "Upgrade that Milvus first.");
        }
        return version;
    }

    @Override
    public List<String> databases() {
        return names.databases();
    }

    @Override
    public List<String> collections(String database) {
        return names.collections(database);
    }

    @Override
    public CollectionDescription describe(String database, String collection) {
        return reader.require(database, collection);
    }

    @Override
    public FlushOutcome flush(String database, String collection) {
        return sealing.flush(database, collection).orElseThrow(() -> reader.missing(database, collection));
    }

    @Override
    public List<Segment> segments(String database, String collection) {
        return sealing.segments(database, collection).orElseThrow(() -> reader.missing(database, collection));
    }

    @Override
    public void close() {
        calls.close();
    }
}
