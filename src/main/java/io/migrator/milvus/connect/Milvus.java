package io.migrator.milvus.connect;

import io.migrator.config.MilvusConfig;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.calls.Calls;
import io.migrator.milvus.calls.Connection;
import io.migrator.milvus.calls.RestCalls;
import io.migrator.milvus.read.GrpcSource;
import io.migrator.milvus.read.Names;
import io.migrator.milvus.write.GrpcTarget;

/** Opens either side of a Milvus. Nothing is reached before the first call; whoever opens a side closes it. */
public final class Milvus {
    private Milvus() {}

    public static MilvusSource source(MilvusConfig config) {
        Calls calls = new Calls(Connection.open(config));
        return new GrpcSource(calls, new Names(calls, config.display()), new RestCalls(config));
    }

    public static MilvusTarget target(MilvusConfig config) {
        Calls calls = new Calls(Connection.open(config));
        return new GrpcTarget(calls, new Names(calls, config.display()), new RestCalls(config));
    }
}
