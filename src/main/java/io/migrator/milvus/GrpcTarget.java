package io.migrator.milvus;

import com.google.protobuf.ByteString;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.CollectionInfo;
import io.migrator.format.IndexInfo;
import io.milvus.grpc.BoolResponse;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.CreatePartitionRequest;
import io.milvus.grpc.GetPartitionStatisticsRequest;
import io.milvus.grpc.GetPartitionStatisticsResponse;
import io.milvus.grpc.HasPartitionRequest;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.LoadCollectionRequest;
import io.milvus.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A Milvus written over gRPC. */
final class GrpcTarget implements MilvusTarget {
    // CreateIndex and LoadCollection only start the work, but wait for other work on the same collection.
    private static final Duration SLOW_CALL = Duration.ofMinutes(2);
    private static final Duration LONGEST_LOAD = Duration.ofHours(2);

    private final Calls calls;
    private final Names names;
    private final CollectionReader reader;
    private final Imports imports;

    GrpcTarget(Calls calls, Names names) {
        this.calls = calls;
        this.names = names;
        this.reader = new CollectionReader(calls, names);
        this.imports = new Imports(calls);
    }

    @Override
    public ServerVersion version() {
        ServerVersion version = names.version();
        if (!version.atLeast(2, 3, 0)) {
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    "restore into",
                    names.server(),
                    "it is Milvus " + version.text() + ", and 2.3 is the oldest that imports backups",
                    "Upgrade that Milvus, or restore into another one.");
        }
        return version;
    }

    @Override
    public List<String> databases() {
        return names.databases();
    }

    @Override
    public void createDatabase(String database) {
        if (names.databases().contains(database)) {
            return;
        }
        Action action = Action.server("create database", database);
        Status status = calls.tryAsk(
                action,
                stub -> stub.createDatabase(
                        CreateDatabaseRequest.newBuilder().setDbName(database).build()),
                Function.identity());
        if (!Answers.ok(status) && !names.databases().contains(database)) {
            throw calls.faults().refused(action, status);
        }
    }

    @Override
    public Optional<CollectionDescription> find(String database, String collection) {
        return reader.find(database, collection);
    }

    @Override
    public long createCollection(String database, String collection, CollectionInfo source, @Nullable ByteString raw) {
        CreateCollectionRequest request = NewCollection.request(database, collection, source, raw);
        Action action =
                Action.collection("create collection", database, collection).within(SLOW_CALL);
        Status status = calls.tryAsk(action, stub -> stub.createCollection(request), Function.identity());
        if (!Answers.ok(status)) {
            throw status.getReason().contains("duplicate collection")
                    ? conflict(action, "another collection has that name", "Choose another suffix or rename.")
                    : calls.faults().refused(action, status);
        }
        CollectionInfo created = reader.require(database, collection).info();
        NewCollection.requireSameIds(database, collection, source, created);
        return created.collectionId();
    }

    @Override
    public void createPartition(String database, String collection, String partition) {
        if (hasPartition(database, collection, partition)) {
            return;
        }
        Action action = Action.collection("create partition '" + partition + "' of", database, collection);
        Status status = calls.tryAsk(
                action,
                stub -> stub.createPartition(CreatePartitionRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .setPartitionName(partition)
                        .build()),
                Function.identity());
        if (!Answers.ok(status) && !hasPartition(database, collection, partition)) {
            throw calls.faults().refused(action, status);
        }
    }

    private boolean hasPartition(String database, String collection, String partition) {
        Action action = Action.collection("look for partition '" + partition + "' of", database, collection);
        BoolResponse answer = calls.tryAsk(
                action,
                stub -> stub.hasPartition(HasPartitionRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .setPartitionName(partition)
                        .build()),
                BoolResponse::getStatus);
        if (Answers.noCollection(answer.getStatus())) {
            throw reader.missing(database, collection);
        }
        if (!Answers.ok(answer.getStatus())) {
            throw calls.faults().refused(action, answer.getStatus());
        }
        return answer.getValue();
    }

    @Override
    public void createIndex(String database, String collection, IndexInfo index) {
        CreateIndexRequest request = NewIndex.request(database, collection, index);
        Action action = Action.collection(
                        "create index '" + index.indexName() + "' on field '" + index.fieldName() + "' of",
                        database,
                        collection)
                .within(SLOW_CALL);
        Status status = calls.tryAsk(action, stub -> stub.createIndex(request), Function.identity());
        if (!Answers.ok(status)) {
            throw Answers.indexDiffers(status)
                    ? conflict(action, Answers.reason(status), "Drop the index that is there, or use index=none.")
                    : calls.faults().refused(action, status);
        }
    }

    @Override
    public long submitImport(String database, String collection, String partition, String insertDir, String deltaDir) {
        // Asked beforehand: for a collection that is not there 2.3 tries inside for the better part of a minute.
        if (!hasPartition(database, collection, partition)) {
            throw MigratorException.unable(
                    Failure.NOT_FOUND,
                    "import into",
                    database + "." + collection,
                    "it has no partition '" + partition + "'",
                    "Restore it anew.");
        }
        return imports.submit(database, collection, partition, insertDir, deltaDir);
    }

    @Override
    public ImportState importState(String database, long jobId) {
        return imports.state(database, jobId);
    }

    @Override
    public List<ImportState> imports(String database, String collection) {
        return imports.all(database, collection);
    }

    @Override
    public long rows(String database, String collection, String partition) {
        return calls
                .ask(
                        Action.collection("count the rows of partition '" + partition + "' of", database, collection),
                        stub -> stub.getPartitionStatistics(GetPartitionStatisticsRequest.newBuilder()
                                .setDbName(database)
                                .setCollectionName(collection)
                                .setPartitionName(partition)
                                .build()),
                        GetPartitionStatisticsResponse::getStatus)
                .getStatsList()
                .stream()
                .filter(pair -> pair.getKey().equals("row_count"))
                .map(KeyValuePair::getValue)
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("partition statistics without row_count"));
    }

    @Override
    public void createAlias(String database, String collection, String alias) {
        Action action = Action.collection("give alias '" + alias + "' to", database, collection);
        Status status = calls.tryAsk(
                action,
                stub -> stub.createAlias(CreateAliasRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .setAlias(alias)
                        .build()),
                Function.identity());
        if (Answers.ok(status)) {
            return;
        }
        String owner =
                reader.find(database, alias).map(other -> other.info().name()).orElse("");
        if (owner.isEmpty()) {
            throw calls.faults().refused(action, status);
        }
        if (!owner.equals(collection)) {
            throw conflict(action, "it names collection '" + owner + "'", "Drop that alias first, or leave it out.");
        }
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

    private static MigratorException conflict(Action action, String cause, String advice) {
        return MigratorException.unable(Failure.CONFLICT, action.verb(), action.thing(), cause, advice);
    }

    @Override
    public void close() {
        calls.close();
    }
}
