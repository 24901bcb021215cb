package io.migrator.fake.rpc;

import io.migrator.fake.model.ServerModel;
import io.milvus.grpc.AllocTimestampResponse;
import io.milvus.grpc.CheckHealthResponse;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.GetVersionResponse;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.ServerInfo;

/** What the server says of itself. */
final class SystemCalls implements Calls {
    private final ServerModel server;
    private final Gate gate;

    SystemCalls(ServerModel server, Gate gate) {
        this.server = server;
        this.gate = gate;
    }

    @Override
    public void bind(Rpcs rpcs) {
        rpcs.on(MilvusServiceGrpc.getGetVersionMethod(), (caller, request) -> GetVersionResponse.newBuilder()
                .setStatus(Answers.OK)
                .setVersion(server.versionText())
                .build());
        rpcs.on(
                server.release().connect(),
                MilvusServiceGrpc.getConnectMethod(),
                (caller, request) -> ConnectResponse.newBuilder()
                        .setStatus(Answers.OK)
                        .setServerInfo(ServerInfo.newBuilder()
                                .setBuildTags(server.buildTags())
                                .setDeployMode("STANDALONE"))
                        .setIdentifier(server.ids().next())
                        .build());
        rpcs.on(MilvusServiceGrpc.getCheckHealthMethod(), (caller, request) -> CheckHealthResponse.newBuilder()
                .setStatus(Answers.OK)
                .setIsHealthy(gate.ready())
                .build());
        rpcs.on(
                server.release().newStatusCodes(),
                MilvusServiceGrpc.getAllocTimestampMethod(),
                (caller, request) -> AllocTimestampResponse.newBuilder()
                        .setStatus(Answers.OK)
                        .setTimestamp(server.ids().timestamp())
                        .build());
    }
}
