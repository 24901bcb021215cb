package io.migrator.milvus.read;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Answers;
import io.migrator.milvus.calls.Calls;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.GetLoadStateResponse;
import io.milvus.grpc.GetLoadingProgressRequest;
import io.milvus.grpc.GetLoadingProgressResponse;

/**
 * Tells whether a collection or partition is loaded, in milvus-backup's words. Early 2.2 has no GetLoadState: its
 * GetLoadingProgress answers an error for what is not loaded.
 */
final class LoadStates {
    static final String NOT_LOADED = "NotLoad";
    private static final String LOADING = "Loading";
    static final String LOADED = "Loaded";
    private static final long ALL = 100;

    private final Calls calls;
    private volatile boolean progressOnly;

    LoadStates(Calls calls) {
        this.calls = calls;
    }

    /** @param partition empty for the whole collection */
    String of(String database, String collection, String partition) {
        Action action = Action.collection("ask for the load state of", database, collection);
        if (!progressOnly) {
            try {
                return state(action, collection, partition);
            } catch (MigratorException e) {
                if (e.failure() != Failure.UNSUPPORTED) {
                    throw e;
                }
                progressOnly = true;
            }
        }
        return progress(action, collection, partition);
    }

    private String state(Action action, String collection, String partition) {
        GetLoadStateRequest.Builder request =
                GetLoadStateRequest.newBuilder().setDbName(action.database()).setCollectionName(collection);
        if (!partition.isEmpty()) {
            request.addPartitionNames(partition);
        }
        GetLoadStateResponse answer =
                calls.ask(action, stub -> stub.getLoadState(request.build()), GetLoadStateResponse::getStatus);
        return switch (answer.getState()) {
            case LoadStateLoaded -> LOADED;
            case LoadStateLoading -> LOADING;
            default -> NOT_LOADED;
        };
    }

    private String progress(Action action, String collection, String partition) {
        GetLoadingProgressRequest.Builder request = GetLoadingProgressRequest.newBuilder()
                .setDbName(action.database())
                .setCollectionName(collection);
        if (!partition.isEmpty()) {
            request.addPartitionNames(partition);
        }
        GetLoadingProgressResponse answer = calls.tryAsk(
                action, stub -> stub.getLoadingProgress(request.build()), GetLoadingProgressResponse::getStatus);
        if (!Answers.ok(answer.getStatus()) || answer.getProgress() == 0) {
            return NOT_LOADED;
        }
        return answer.getProgress() == ALL ? LOADED : LOADING;
    }
}
