package io.migrator.milvus.write;

import com.google.protobuf.ByteString;
import io.migrator.failure.Expected;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.IndexInfo;
import io.migrator.format.meta.KeyValue;
import io.migrator.format.meta.RbacInfo;
import io.migrator.milvus.ImportOrder;
import io.migrator.milvus.ImportState;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Calls;
import io.migrator.milvus.calls.RestCalls;
import io.migrator.milvus.calls.ServerVersion;
import io.migrator.milvus.calls.Waiting;
import io.migrator.milvus.imports.GrpcImports;
import io.migrator.milvus.imports.ImportCalls;
import io.migrator.milvus.imports.RestImports;
import io.migrator.milvus.read.CollectionReader;
import io.migrator.milvus.read.LiveRows;
import io.migrator.milvus.read.Names;
import io.migrator.milvus.read.RbacReader;
import io.migrator.milvus.read.RowStatistics;
import io.migrator.milvus.read.Sealing;
import io.migrator.milvus.schema.CollectionDescription;
import io.milvus.grpc.GetPartitionStatisticsRequest;
import io.milvus.grpc.GetPartitionStatisticsResponse;
import io.milvus.grpc.LoadCollectionRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A Milvus written over gRPC, and imported into over REST where its version has that. */
public final class GrpcTarget implements MilvusTarget {
    private static final Duration SLOW_CALL = Duration.ofMinutes(2);
    private static final Duration LONGEST_LOAD = Duration.ofHours(2);

    private final Calls calls;
    private final Names names;
    private final CollectionReader reader;
    private final DatabaseWriter databaseWriter;
    private final CollectionWriter collections;
    private final IndexWriter indexes;
    private final RbacReader rbac;
    private final RbacWriter rbacWriter;
    private final GrpcImports grpcImports;
    private final RestImports restImports;
    private final Aliases aliases;
    private final Sealing sealing;
    private final LiveRows liveRows;

    public GrpcTarget(Calls calls, Names names, RestCalls rest) {
        this.calls = calls;
        this.names = names;
        this.reader = new CollectionReader(calls, names);
        this.databaseWriter = new DatabaseWriter(calls, names);
        this.collections = new CollectionWriter(calls, names, reader);
        this.indexes = new IndexWriter(calls, reader);
        this.rbac = new RbacReader(calls, names);
        this.rbacWriter = new RbacWriter(calls, names.server());
        this.grpcImports = new GrpcImports(calls);
        this.restImports = new RestImports(rest, names);
        this.aliases = new Aliases(calls, reader);
        this.sealing = new Sealing(calls);
        this.liveRows = new LiveRows(calls, reader);
    }

    @Override
    public ServerVersion version() {
        return names.version();
    }

    private ImportCalls importCalls() {
        return importsOverRest() ? restImports : grpcImports;
    }

    private boolean importsOverRest() {
        return names.version().atLeast(2, 4, 0);
    }

    @Override
    public List<String> databases() {
        return names.databases();
    }

    @Override
    public void createDatabase(String database, List<KeyValue> properties) {
        databaseWriter.create(database, properties);
    }

    @Override
    public Map<String, Long> collections(String database) {
        return Expected.<Map<String, Long>>unless(Failure.NOT_FOUND, () -> names.collectionIds(database))
                .orElse(Map.of());
    }

    @Override
    public Optional<CollectionDescription> find(String database, String collection) {
        return reader.find(database, collection);
    }

    @Override
    public Set<String> aliases(String database) {
        return aliases.of(database);
    }

    @Override
    public boolean has(String database, String collection) {
        return collections.has(database, collection);
    }

    @Override
    public void requireCreatable(String database, String collection, CollectionInfo source, @Nullable ByteString raw) {
        collections.requireCreatable(database, collection, source, raw);
    }

    @Override
    public void createCollection(
            String database, String collection, CollectionInfo source, @Nullable ByteString raw, LongConsumer made) {
        collections.create(database, collection, source, raw, made);
    }

    @Override
    public void requireFieldIds(
            String database,
            String collection,
            CollectionInfo source,
            @Nullable ByteString raw,
            CollectionDescription existing) {
        collections.requireFieldIds(database, collection, source, raw, existing);
    }

    @Override
    public void completeCollection(
            String database, String collection, CollectionInfo source, @Nullable ByteString raw) {
        collections.complete(database, collection, source, raw);
    }

    @Override
    public void setExpiry(String database, String collection, CollectionInfo source) {
        collections.setExpiry(database, collection, source);
    }

    @Override
    public void dropCollection(String database, String collection) {
        collections.drop(database, collection);
    }

    @Override
    public void createPartition(String database, String collection, String partition) {
        collections.createPartition(database, collection, partition);
    }

    @Override
    public void createIndex(String database, String collection, IndexInfo index) {
        indexes.create(database, collection, index);
    }

    @Override
    public void dropIndexes(String database, String collection) {
        indexes.dropAll(database, collection);
    }

    @Override
    public void requireImports(String database) {
        if (importsOverRest()) {
            restImports.requireServed(database);
        }
    }

    @Override
    public long submitImport(ImportOrder order) {
        // Asked beforehand: for a collection that is not there 2.3 tries inside for the better part of a minute.
        if (!importsOverRest() && !collections.hasPartition(order.database(), order.collection(), order.partition())) {
            throw MigratorException.unable(
                    Failure.NOT_FOUND,
                    "import into",
                    order.database() + "." + order.collection(),
                    "it has no partition '" + order.partition() + "'",
                    "Restore it anew.");
        }
        return importCalls().submit(order);
    }

    @Override
    public ImportState importState(String database, long jobId) {
        return importCalls().state(database, jobId);
    }

    @Override
    public List<ImportState> imports(String database, String collection, LongPredicate wanted) {
        return importCalls().all(database, collection, wanted);
    }

    @Override
    public RbacInfo rbac() {
        return rbac.read();
    }

    @Override
    public void addRbac(RbacInfo missing) {
        rbacWriter.add(missing);
    }

    @Override
    public void giveRole(String user, String role) {
        rbacWriter.giveRole(user, role);
    }

    @Override
    public void flush(String database, String collection) {
        if (sealing.flush(database, collection).isEmpty()) {
            throw reader.missing(database, collection);
        }
    }

    @Override
    public boolean hasUncountedRows(String database, String collection) {
        Set<Long> sealed = new HashSet<>(sealing.seal(database, collection));
        if (!sealed.isEmpty()) {
            sealed.removeAll(grpcImports.segments(database, collection));
        }
        return !sealed.isEmpty();
    }

    @Override
    public long rows(String database, String collection, String partition) {
        return RowStatistics.rows(calls.ask(
                                Action.collection(
                                        "count the rows of partition '" + partition + "' of", database, collection),
                                stub -> stub.getPartitionStatistics(GetPartitionStatisticsRequest.newBuilder()
                                        .setDbName(database)
                                        .setCollectionName(collection)
                                        .setPartitionName(partition)
                                        .build()),
                                GetPartitionStatisticsResponse::getStatus)
                        .getStatsList())
                .orElseThrow(() -> new IllegalStateException("partition statistics without row_count"));
    }

    @Override
    public OptionalLong liveRows(String database, String collection, List<String> partitions) {
        return liveRows.of(database, collection, partitions);
    }

    @Override
    public void createAlias(String database, String collection, String alias) {
        aliases.create(database, collection, alias);
    }

    @Override
    public void load(String database, String collection) {
        Action action = Action.collection("load", database, collection).within(SLOW_CALL);
        calls.ask(
                action,
                stub -> stub.loadCollection(LoadCollectionRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()));
        Waiting waiting = new Waiting(action, LONGEST_LOAD);
        while (!reader.loadState(database, collection, "").equals("Loaded")) {
            waiting.pause(() -> "Milvus is loading it");
        }
    }

    @Override
    public void close() {
        calls.close();
    }
}
