package io.migrator.fake.imports;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.GetImportStateRequest;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.ImportRequest;
import io.milvus.grpc.ImportResponse;
import io.milvus.grpc.ImportState;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.grpc.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Imports that a server is asked for, and how each ended, without what differs from server to server. */
@SuppressWarnings("deprecation") // the old code is part of the answer
final class SameImports {
    private static final Set<ImportState> ENDS =
            Set.of(ImportState.ImportCompleted, ImportState.ImportFailed, ImportState.ImportFailedAndCleaned);

    private final Supplier<MilvusServiceBlockingStub> stub;
    private final Map<String, String> ends = new LinkedHashMap<>();

    SameImports(Supplier<MilvusServiceBlockingStub> stub) {
        this.stub = stub;
    }

    /** By what was asked. */
    Map<String, String> ends() {
        return ends;
    }

    void create(CollectionSchema schema) {
        Status status = stub.get()
                .createCollection(CreateCollectionRequest.newBuilder()
                        .setCollectionName(schema.getName())
                        .setSchema(schema.toByteString())
                        .setShardsNum(1)
                        .build());
        if (status.getErrorCodeValue() != 0) {
            throw new IllegalStateException(status.toString());
        }
    }

    /** @param options key, value, key, value, ... */
    void run(String what, String collection, String partition, List<String> files, String... options) {
        ImportRequest.Builder request = ImportRequest.newBuilder()
                .setCollectionName(collection)
                .setPartitionName(partition)
                .addAllFiles(files);
        for (int i = 0; i < options.length; i += 2) {
            request.addOptions(KeyValuePair.newBuilder().setKey(options[i]).setValue(options[i + 1]));
        }
        ImportResponse accepted = stub.get().import_(request.build());
        ends.put(what, status(accepted.getStatus()) + ", " + accepted.getTasksCount() + " tasks");
        for (long task : accepted.getTasksList()) {
            ends.merge(what, end(await(task)), (before, end) -> before + ", " + end);
        }
    }

    void ask(String what, long task) {
        ends.put(what, status(state(task).getStatus()));
    }

    private GetImportStateResponse await(long task) {
        return Awaitility.await("import")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> state(task), state -> ENDS.contains(state.getState()));
    }

    private GetImportStateResponse state(long task) {
        return stub.get()
                .getImportState(GetImportStateRequest.newBuilder().setTask(task).build());
    }

    private static String status(Status status) {
        return status.getErrorCode() + " " + status.getCode() + " '" + status.getReason() + "'";
    }

    private static String end(GetImportStateResponse state) {
        Map<String, String> infos = new TreeMap<>();
        state.getInfosList().forEach(pair -> infos.put(pair.getKey(), pair.getValue()));
        infos.remove("persist_cost");
        return "%s, %d rows, %d segments, %s"
                .formatted(state.getState(), state.getRowCount(), state.getSegmentIdsCount(), infos);
    }
}
