package io.migrator.fake.rpc;

import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.DatabaseModel;
import io.migrator.fake.model.ServerModel;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.shaded.io.grpc.HandlerRegistry;
import io.milvus.shaded.io.grpc.Server;
import io.milvus.shaded.io.grpc.ServerMethodDefinition;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The gRPC side, on a port of its own that only the open port's server talks to. */
public final class GrpcService implements AutoCloseable {
    /** The proxy's {@code grpc.serverMaxRecvSize}. */
    private static final int LARGEST_REQUEST = 64 << 20;
    /** Clients may ping so often, also without a call: the proxy's enforcement policy (its {@code service.go}). */
    private static final int PING_SECONDS = 5;

    private final Server grpc;
    private final CollectionCalls collections;

    /**
     * @param extraTypes numbers of data types that the server knows beyond those of its release
     */
    public GrpcService(
            ServerModel server,
            Gate gate,
            Connections connections,
            ImportEngine imports,
            Executor executor,
            Pace pace,
            Set<Integer> extraTypes) {
        FieldRules fields = new FieldRules(server.release(), extraTypes);
        Numbering numbering = new Numbering(server.release());
        FlushCalls flushes = new FlushCalls(server, pace.flushAsks());
        collections = new CollectionCalls(server, new SchemaRules(server.release(), fields), numbering);
        Rpcs rpcs = new Rpcs(server.release(), gate, connections);
        List<Calls> concerns = List.of(
                new SystemCalls(server, gate),
                new DatabaseCalls(server),
                collections,
                new ChangeCalls(server, fields, numbering),
                new DescribeCalls(server),
                new PartitionCalls(server),
                new IndexCalls(server),
                new LoadCalls(server, pace.loadAsks()),
                new QueryCalls(server),
                flushes,
                new SegmentCalls(server, flushes),
                new AliasCalls(server),
                new UserCalls(server.rbac()),
                new RbacCalls(server.rbac(), server.release()),
                new ImportCalls(imports));
        concerns.forEach(calls -> calls.bind(rpcs));
        grpc = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(rpcs.service())
                .fallbackHandlerRegistry(new Unknown(gate.log()))
                .intercept(new Headers.Keep())
                .maxInboundMessageSize(LARGEST_REQUEST)
                .permitKeepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .executor(executor)
                .build();
        try {
            grpc.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return grpc.getPort();
    }

    /** Makes a collection with all the checks of the call, apart from the network. */
    public CollectionModel create(DatabaseModel database, CreateCollectionRequest request) {
        return collections.create(database, request);
    }

    @Override
    public void close() {
        grpc.shutdownNow();
    }

    /** Logs calls that this release does not have, which are UNIMPLEMENTED. */
    private static final class Unknown extends HandlerRegistry {
        private final RequestLog log;

        Unknown(RequestLog log) {
            this.log = log;
        }

        @Override
        public @Nullable ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
            log.add(method.substring(method.lastIndexOf('/') + 1), new Caller("", ""), "not in this release");
            return null;
        }
    }
}
