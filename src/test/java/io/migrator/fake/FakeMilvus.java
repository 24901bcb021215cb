package io.migrator.fake;

import io.migrator.config.MilvusConfig;
import io.migrator.config.Secret;
import io.migrator.fake.model.Release;
import io.migrator.fake.model.ServerModel;
import io.migrator.fake.net.Certificates;
import io.migrator.fake.net.Mux;
import io.migrator.fake.rpc.Access;
import io.migrator.fake.rpc.Connections;
import io.migrator.fake.rpc.Faults;
import io.migrator.fake.rpc.Gate;
import io.migrator.fake.rpc.GrpcService;
import io.migrator.fake.rpc.ImportEngine;
import io.migrator.fake.rpc.ManagementService;
import io.migrator.fake.rpc.Pace;
import io.migrator.fake.rpc.RequestLog;
import io.migrator.fake.rpc.RestService;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A double of a Milvus server, reached by its ports like a real one. Whoever started it closes it. */
public final class FakeMilvus implements AutoCloseable {
    private static final int BACKLOG = 100;

    private final FakeSettings settings;
    private final ExecutorService executor = Executors.newCachedThreadPool(FakeMilvus::daemon);
    private final Connections connections = new Connections();
    private final ObjectStore store;
    private final ServerModel model;
    private final Gate gate;
    private final ImportEngine imports;
    private final GrpcService grpc;
    private final RestService rest;
    private final ManagementService management;
    private final ServerSocket open;
    private final Mux mux;

    private FakeMilvus(FakeSettings settings) throws IOException {
        this.settings = settings;
        store = Stores.open(settings.storage);
        model = new ServerModel(Release.of(settings.version), store);
        gate = new Gate(settings.perSecond, new Access(settings.authorization, settings.apiKeys, model.rbac()));
        imports = settings.imports.apply(model);
        grpc = new GrpcService(
                model,
                gate,
                connections,
                imports,
                executor,
                new Pace(settings.flushAsks, settings.loadAsks),
                settings.extraTypes);
        rest = new RestService(model, gate, connections, imports, executor);
        management = new ManagementService(model.release(), gate, settings.managementPort, executor);
        open = new ServerSocket(settings.port, BACKLOG, InetAddress.getLoopbackAddress());
        Certificates tls = settings.tls;
        mux = new Mux(
                open,
                tls == null ? null : tls.serverContext(),
                settings.clientCertificates,
                grpc.port(),
                rest.port(),
                connections,
                executor);
    }

    /** Starts a server that answers when this returns. */
    public static FakeMilvus start(FakeSettings settings) {
        try {
            return new FakeMilvus(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "fake-milvus");
        thread.setDaemon(true);
        return thread;
    }

    public String address() {
        return "127.0.0.1";
    }

    /** Of gRPC and REST. */
    public int port() {
        return open.getLocalPort();
    }

    /** Base URL of the management port. */
    public String management() {
        return "http://127.0.0.1:" + management.port();
    }

    /** Base URL of REST. */
    public String rest() {
        return (settings.tls == null ? "http" : "https") + "://127.0.0.1:" + port();
    }

    /** How migrator reaches it, without a user. */
    public MilvusConfig config() {
        return config("", "");
    }

    public MilvusConfig config(String user, String password) {
        return config(user, password, "");
    }

    /** With an API key in place of user and password. */
    public MilvusConfig configWithKey(String key) {
        return config("", "", key);
    }

    private MilvusConfig config(String user, String password, String key) {
        Certificates tls = settings.tls;
        boolean mutual = tls != null && settings.clientCertificates;
        return new MilvusConfig(
                address(),
                port(),
                user,
                new Secret(password),
                new Secret(key),
                tls == null ? 0 : mutual ? 2 : 1,
                tls == null ? "" : tls.caPem().toString(),
                tls == null ? "" : "localhost",
                mutual ? tls.clientPem().toString() : "",
                mutual ? tls.clientKey().toString() : "",
                "");
    }

    /** What the server keeps, to look at or to change behind the clients' backs. */
    public ServerModel model() {
        return model;
    }

    /** Makes collections with data. */
    public Filling filling() {
        return new Filling(model, grpc);
    }

    /** Every request that came. */
    public RequestLog log() {
        return gate.log();
    }

    /** What is to go wrong. */
    public Faults faults() {
        return gate.faults();
    }

    /** See {@link Gate#setReady}. */
    public void setReady(boolean ready) {
        gate.setReady(ready);
    }

    /** Pauses of garbage collection, and the like. */
    public ManagementService managementService() {
        return management;
    }

    public ImportEngine imports() {
        return imports;
    }

    /** Cuts every connection, as a restart of the server does. */
    public void cutConnections() {
        connections.cutAll();
    }

    @Override
    public void close() {
        mux.close();
        grpc.close();
        rest.close();
        management.close();
        imports.close();
        executor.shutdownNow();
        store.close();
    }
}
