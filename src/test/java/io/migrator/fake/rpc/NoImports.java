package io.migrator.fake.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.migrator.fake.model.Refusal;
import io.milvus.grpc.GetImportStateRequest;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.ImportRequest;
import io.milvus.grpc.ImportResponse;
import io.milvus.grpc.ListImportTasksRequest;
import io.milvus.grpc.ListImportTasksResponse;

/** Refuses every import. */
public final class NoImports implements ImportEngine {
    private static Refusal refusal() {
        return Refusal.unexpected("this double was started without an import engine");
    }

    @Override
    public ImportResponse submit(Caller caller, ImportRequest request) {
        throw refusal();
    }

    @Override
    public GetImportStateResponse state(Caller caller, GetImportStateRequest request) {
        throw refusal();
    }

    @Override
    public ListImportTasksResponse list(Caller caller, ListImportTasksRequest request) {
        throw refusal();
    }

    @Override
    public JsonNode job(Caller caller, String verb, JsonNode body) {
        throw refusal();
    }

    @Override
    public void close() {}
}
