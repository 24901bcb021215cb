package io.migrator.milvus;

import io.migrator.config.MilvusConfig;
import io.migrator.config.UriHost;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.CollectionName;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.stub.MetadataUtils;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.utils.ClientUtils;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One channel to a Milvus. The database goes with each call, as a header: all servers with databases read that. Those of
 * before (2.2.0 to 2.2.6) have the default database only, which no server needs to be told.
 */
final class Connection implements AutoCloseable {
    private static final Metadata.Key<String> DATABASE = Metadata.Key.of("dbname", Metadata.ASCII_STRING_MARSHALLER);

    /** Milvus sends no more (its grpc.serverMaxSendSize), and one message must not use up the memory of this process. */
    private static final int LARGEST =
            (int) Math.min(256L << 20, Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4));

    private final MilvusConfig config;
    private final ManagedChannel channel;
    private final MilvusServiceBlockingStub stub;

    private Connection(MilvusConfig config, ManagedChannel channel) {
        this.config = config;
        this.channel = channel;
        this.stub = MilvusServiceGrpc.newBlockingStub(channel);
    }

    /** Reaches nothing yet: the first call does. */
    static Connection open(MilvusConfig config) {
        try {
            return new Connection(config, new ClientUtils().getChannel(settings(config)));
        } catch (MigratorException e) {
            throw e;
        } catch (RuntimeException e) {
            throw MigratorException.unable(
                    Failure.USAGE,
                    "open a connection to",
                    config.display(),
                    String.valueOf(e.getMessage()),
                    "Check milvus.address, milvus.port, milvus.tlsMode and the certificate paths of the milvus section.",
                    e);
        }
    }

    private static ConnectConfig settings(MilvusConfig config) {
        var settings = ConnectConfig.builder()
                .uri((config.tlsMode() == 0 ? "http://" : "https://") + UriHost.of(config.address(), "milvus.address")
                        + ":" + config.port());
        if (!config.credential().isEmpty()) {
            settings.token(config.credential().reveal());
        }
        if (config.tlsMode() > 0) {
            Tls.requireUsable(config);
            settings.secure(true);
            // The SDK hands this to overrideAuthority unchecked, which does not take null.
            settings.serverName(config.serverName().isEmpty() ? config.address() : config.serverName());
        }
        // The SDK's own way to take an SSLContext asks for no protocol, which its gRPC refuses.
        if (config.tlsMode() == 1 && !config.caCertPath().isEmpty()) {
            settings.serverPemPath(config.caCertPath());
        }
        if (config.tlsMode() == 2) {
            settings.caPemPath(config.caCertPath())
                    .clientPemPath(config.mtlsCertPath())
                    .clientKeyPath(config.mtlsKeyPath());
        }
        return settings.build();
    }

    MilvusConfig config() {
        return config;
    }

    MilvusServiceBlockingStub stub(String database, Duration deadline) {
        MilvusServiceBlockingStub limited = stub.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .withMaxInboundMessageSize(LARGEST);
        if (database.isEmpty() || database.equals(CollectionName.DEFAULT_DATABASE)) {
            return limited;
        }
        Metadata headers = new Metadata();
        headers.put(DATABASE, database);
        return limited.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** Lets the next call connect at once, in place of after gRPC's own growing wait. */
    void connectAnew() {
        channel.resetConnectBackoff();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
