package io.migrator.milvus.calls;

import io.migrator.config.MilvusConfig;
import io.migrator.config.UriHost;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.rpc.MilvusStub;
import io.migrator.milvus.rpc.RpcChannel;
import io.migrator.selection.CollectionName;
import java.time.Duration;

/**
 * One channel to the Milvus of the configuration. The database goes with each call, as a header: all servers with databases read that. Those of
 * before (2.2.0 to 2.2.6) have the default database only, which no server needs to be told.
 */
public final class Connection implements AutoCloseable {
    private final MilvusConfig config;
    private final RpcChannel channel;

    private Connection(MilvusConfig config, RpcChannel channel) {
        this.config = config;
        this.channel = channel;
    }

    /** Reaches nothing yet: the first call does. */
    public static Connection open(MilvusConfig config) {
        return open(config, RpcChannel.LARGEST);
    }

    /** @param largest bytes of an answer */
    static Connection open(MilvusConfig config, int largest) {
        try {
            return new Connection(
                    config,
                    RpcChannel.open(
                            UriHost.of(config.address(), "milvus.address"),
                            config.port(),
                            Tls.serverName(config),
                            config.tlsMode() == 0 ? null : Tls.context(config),
                            config.credential().reveal(),
                            largest));
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

    MilvusConfig config() {
        return config;
    }

    MilvusStub stub(String database, Duration deadline) {
        return channel.stub(database.equals(CollectionName.DEFAULT_DATABASE) ? "" : database, deadline);
    }

    void connectAnew() {
        channel.connectAnew();
    }

    @Override
    public void close() {
        channel.close();
    }
}
