package io.migrator.fake.rpc;

import io.milvus.grpc.MilvusServiceGrpc;

/** Hands the import calls to the engine. */
final class ImportCalls implements Calls {
    private final ImportEngine engine;

    ImportCalls(ImportEngine engine) {
        this.engine = engine;
    }

    @Override
    public void bind(Rpcs rpcs) {
        rpcs.on(MilvusServiceGrpc.getImportMethod(), engine::submit);
        rpcs.on(MilvusServiceGrpc.getGetImportStateMethod(), engine::state);
        rpcs.on(MilvusServiceGrpc.getListImportTasksMethod(), engine::list);
    }
}
