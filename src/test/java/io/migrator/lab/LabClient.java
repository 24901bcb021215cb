package io.migrator.lab;

import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.grpc.MutationResult;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.utils.ClientUtils;
import java.util.concurrent.TimeUnit;

/** A raw connection to a Milvus for tests to fill and read it, apart from the program's own client. */
public final class LabClient implements AutoCloseable {
    private final ManagedChannel channel;

    private LabClient(ManagedChannel channel) {
        this.channel = channel;
    }

    public static LabClient to(MilvusServer server) {
        return to(server, "", "");
    }

    public static LabClient to(MilvusServer server, String user, String password) {
        return to(server.address(), server.port(), user, password);
    }

    /** To whatever speaks Milvus' protocol there, without a user where that is empty. */
    public static LabClient to(String address, int port, String user, String password) {
        var config = ConnectConfig.builder().uri("http://" + address + ":" + port);
        if (!user.isEmpty()) {
            config.token(user + ":" + password);
        }
        return new LabClient(new ClientUtils().getChannel(config.build()));
    }

    /** A stub for one call. */
    public MilvusServiceBlockingStub stub() {
        return MilvusServiceGrpc.newBlockingStub(channel).withDeadlineAfter(5, TimeUnit.MINUTES);
    }

    /** As the server gives it, such as {@code v2.3.5-lite}. */
    String version() {
        return stub().getVersion(GetVersionRequest.getDefaultInstance()).getVersion();
    }

    @SuppressWarnings("deprecation") // 2.3 still sets the old code
    public static void require(Status status) {
        if (status.getCode() != 0 || status.getErrorCode() != ErrorCode.Success) {
            throw new IllegalStateException("Milvus says: " + status);
        }
    }

    public static MutationResult require(MutationResult result) {
        require(result.getStatus());
        return result;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
