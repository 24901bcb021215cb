package io.migrator.milvus.read;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.DatabaseInfo;
import io.migrator.format.meta.RbacInfo;
import io.migrator.format.meta.SchemaInfo;
import io.migrator.milvus.FlushAllOutcome;
import io.migrator.milvus.FlushOutcome;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.Segment;
import io.migrator.milvus.SegmentLogs;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Calls;
import io.migrator.milvus.calls.RestCalls;
import io.migrator.milvus.calls.ServerVersion;
import io.migrator.milvus.schema.CollectionDescription;
import io.milvus.grpc.GetCollectionStatisticsRequest;
import io.milvus.grpc.GetCollectionStatisticsResponse;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.LongPredicate;

/** A Milvus read over gRPC, and over REST what gRPC does not tell. */
public final class GrpcSource implements MilvusSource {
    private final Calls calls;
    private final Names names;
    private final CollectionReader reader;
    private final Sealing sealing;
    private final FlushAll flushAll;
    private final SegmentDetails details;
    private final RbacReader rbac;

    public GrpcSource(Calls calls, Names names, RestCalls rest) {
        this.calls = calls;
        this.names = names;
        this.reader = new CollectionReader(calls, names);
        this.sealing = new Sealing(calls);
        this.flushAll = new FlushAll(calls, names);
        this.details = new SegmentDetails(names, rest);
        this.rbac = new RbacReader(calls, names);
    }

    @Override
    public ServerVersion version() {
        return names.version();
    }

    @Override
    public void requireSupported() {
        if (!version().atLeast(2, 2, 0)) {
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    "back up",
                    names.server(),
                    "it is Milvus " + version().text() + ", and 2.2 is the oldest that can be read",
                    "Upgrade that Milvus first, or try with force-version=true.");
        }
    }

    @Override
    public List<String> databases() {
        return names.databases();
    }

    @Override
    public SortedMap<String, Long> collections(String database) {
        return names.collectionIds(database);
    }

    @Override
    public DatabaseInfo describeDatabase(String database) {
        return names.describeDatabase(database);
    }

    @Override
    public CollectionDescription describe(String database, String collection) {
        return reader.require(database, collection);
    }

    @Override
    public SchemaInfo schema(String database, String collection) {
        return reader.schema(database, collection);
    }

    @Override
    public FlushOutcome flush(String database, String collection) {
        return sealing.flush(database, collection).orElseThrow(() -> reader.missing(database, collection));
    }

    @Override
    public boolean canFlushAll() {
        return FlushAll.known(version());
    }

    @Override
    public FlushAllOutcome flushAll() {
        return flushAll.run();
    }

    @Override
    public List<Segment> segments(String database, String collection, LongPredicate awaited) {
        return sealing.segments(database, collection, awaited).orElseThrow(() -> reader.missing(database, collection));
    }

    @Override
    public OptionalLong rows(String database, String collection) {
        try {
            return RowStatistics.rows(calls.ask(
                            Action.collection("count the rows of", database, collection),
                            stub -> stub.getCollectionStatistics(GetCollectionStatisticsRequest.newBuilder()
                                    .setDbName(database)
                                    .setCollectionName(collection)
                                    .build()),
                            GetCollectionStatisticsResponse::getStatus)
                    .getStatsList());
        } catch (MigratorException e) {
            if (e.failure() == Failure.DENIED || e.failure() == Failure.NOT_FOUND) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    @Override
    public boolean hidesLevels() {
        return version().atLeast(2, 4, 0) && !version().atLeast(2, 4, 7);
    }

    @Override
    public Map<Long, SegmentLogs> logs(String database, long collectionId, List<Long> segments) {
        return details.of(database, collectionId, segments);
    }

    @Override
    public RbacInfo rbac() {
        return rbac.read();
    }

    @Override
    public void close() {
        calls.close();
    }
}
