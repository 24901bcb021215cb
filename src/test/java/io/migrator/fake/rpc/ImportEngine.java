package io.migrator.fake.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.milvus.grpc.GetImportStateRequest;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.ImportRequest;
import io.milvus.grpc.ImportResponse;
import io.milvus.grpc.ListImportTasksRequest;
import io.milvus.grpc.ListImportTasksResponse;

/**
 * What answers the import calls of a server, over gRPC and over REST. A call that the server refuses is a {@link
 * io.migrator.fake.model.Refusal}: over gRPC it becomes the status of the answer, over REST its {@code code} and {@code
 * message}. Methods may be called from many threads.
 */
public interface ImportEngine extends AutoCloseable {
    ImportResponse submit(Caller caller, ImportRequest request);

    GetImportStateResponse state(Caller caller, GetImportStateRequest request);

    ListImportTasksResponse list(Caller caller, ListImportTasksRequest request);

    /**
     * Answers {@code POST /v2/vectordb/jobs/import/<verb>}.
     *
     * @param verb {@code create}, {@code get_progress}, {@code describe} or {@code list}
     * @return what goes under {@code data}
     */
    JsonNode job(Caller caller, String verb, JsonNode body);

    /** Stops what runs. */
    @Override
    void close();
}
