package io.migrator.fake.rpc;

import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.IndexModel;
import io.migrator.fake.model.Loaded;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.ServerModel;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.GetLoadStateResponse;
import io.milvus.grpc.GetLoadingProgressRequest;
import io.milvus.grpc.GetLoadingProgressResponse;
import io.milvus.grpc.LoadCollectionRequest;
import io.milvus.grpc.LoadPartitionsRequest;
import io.milvus.grpc.LoadState;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.ReleaseCollectionRequest;
import io.milvus.grpc.ReleasePartitionsRequest;
import io.milvus.grpc.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Loading: it is begun by one call and watched by others. */
final class LoadCalls implements Calls {
    private static final long WHOLLY = 100;

    private final ServerModel server;
    private final Answers answers;
    private final int asks;

    /** @param asks how often a client is told that a collection is being loaded */
    LoadCalls(ServerModel server, int asks) {
        this.server = server;
        this.asks = asks;
        this.answers = new Answers(server);
    }

    @Override
    public void bind(Rpcs rpcs) {
        rpcs.on(MilvusServiceGrpc.getLoadCollectionMethod(), this::load);
        rpcs.on(MilvusServiceGrpc.getReleaseCollectionMethod(), this::release);
        rpcs.on(MilvusServiceGrpc.getLoadPartitionsMethod(), this::loadPartitions);
        rpcs.on(MilvusServiceGrpc.getReleasePartitionsMethod(), this::releasePartitions);
        rpcs.on(MilvusServiceGrpc.getGetLoadStateMethod(), this::state);
        rpcs.on(MilvusServiceGrpc.getGetLoadingProgressMethod(), this::progress);
    }

    private Status load(Caller caller, LoadCollectionRequest request) {
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getCollectionName());
        requireIndexes(collection);
        load(collection, new Loaded(true, Set.of(), Math.max(1, request.getReplicaNumber())));
        return Answers.OK;
    }

    /** One vector index suffices up to 2.3; later every vector field needs one. */
    private void requireIndexes(CollectionModel collection) {
        Set<String> indexed =
                collection.indexes().stream().map(IndexModel::fieldName).collect(Collectors.toSet());
        List<String> missing = collection.schema().getFieldsList().stream()
                .filter(FieldRules::vector)
                .map(FieldSchema::getName)
                .filter(name -> !indexed.contains(name))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        if (server.release().atLeast(2, 4, 0)) {
            throw Refusal.noIndex("there is no vector index on field: " + missing + ", please create index firstly");
        }
        throw Refusal.noIndex(collection.name());
    }

    private void load(CollectionModel collection, Loaded what) {
        if (!collection.loaded().equals(what)) {
            collection.loading().begin(asks);
            collection.setLoaded(what);
        }
    }

    private Status release(Caller caller, ReleaseCollectionRequest request) {
        answers.collection(caller, request.getDbName(), request.getCollectionName())
                .setLoaded(Loaded.NOT);
        return Answers.OK;
    }

    private Status loadPartitions(Caller caller, LoadPartitionsRequest request) {
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getCollectionName());
        requireIndexes(collection);
        request.getPartitionNamesList().forEach(collection::requirePartition);
        if (!collection.loaded().whole()) {
            Set<String> partitions = new TreeSet<>(collection.loaded().partitions());
            partitions.addAll(request.getPartitionNamesList());
            load(collection, new Loaded(false, partitions, Math.max(1, request.getReplicaNumber())));
        }
        return Answers.OK;
    }

    private Status releasePartitions(Caller caller, ReleasePartitionsRequest request) {
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getCollectionName());
        Set<String> left = new TreeSet<>(collection.loaded().partitions());
        if (collection.loaded().whole()) {
            collection.partitions().forEach(partition -> left.add(partition.name()));
        }
        request.getPartitionNamesList().forEach(left::remove);
        collection.setLoaded(left.isEmpty() ? Loaded.NOT : new Loaded(false, left, 1));
        return Answers.OK;
    }

    private GetLoadStateResponse state(Caller caller, GetLoadStateRequest request) {
        GetLoadStateResponse.Builder answer = GetLoadStateResponse.newBuilder().setStatus(Answers.OK);
        Optional<CollectionModel> collection =
                answers.database(caller, request.getDbName()).find(request.getCollectionName());
        if (collection.isEmpty()) {
            return answer.setState(LoadState.LoadStateNotExist).build();
        }
        if (!has(collection.get(), request.getPartitionNamesList())) {
            return answer.setState(LoadState.LoadStateNotLoad).build();
        }
        boolean over = collection.get().loading().over();
        return answer.setState(over ? LoadState.LoadStateLoaded : LoadState.LoadStateLoading)
                .build();
    }

    private static boolean has(CollectionModel collection, List<String> partitions) {
        partitions.forEach(collection::requirePartition);
        Loaded loaded = collection.loaded();
        return partitions.isEmpty() ? loaded.anything() : partitions.stream().allMatch(loaded::has);
    }

    private GetLoadingProgressResponse progress(Caller caller, GetLoadingProgressRequest request) {
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getCollectionName());
        if (!has(collection, request.getPartitionNamesList())) {
            throw Refusal.notLoaded(collection.id());
        }
        return GetLoadingProgressResponse.newBuilder()
                .setStatus(Answers.OK)
                .setProgress(collection.loading().over() ? WHOLLY : WHOLLY / 2)
                .setRefreshProgress(WHOLLY)
                .build();
    }
}
