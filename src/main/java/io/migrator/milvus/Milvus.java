package io.migrator.milvus;

import io.migrator.config.MilvusConfig;

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
