package io.migrator.fake;

import io.migrator.config.MilvusConfig;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.utils.ClientUtils;
import java.util.concurrent.TimeUnit;

/** A raw client, with the few requests that most tests here send. */
final class FakeClient implements AutoCloseable {
    private final ManagedChannel channel;

    private FakeClient(ManagedChannel channel) {
        this.channel = channel;
    }

    static FakeClient to(FakeMilvus server) {
        return to(server.config());
    }

    static FakeClient to(MilvusConfig config) {
        String scheme = config.tlsMode() == 0 ? "http://" : "https://";
        var settings = ConnectConfig.builder().uri(scheme + config.address() + ":" + config.port());
        if (!config.credential().isEmpty()) {
            settings.token(config.credential().reveal());
        }
        if (config.tlsMode() == 1) {
            settings.secure(true).serverName(config.serverName()).serverPemPath(config.caCertPath());
        }
        if (config.tlsMode() == 2) {
            settings.secure(true)
                    .serverName(config.serverName())
                    .caPemPath(config.caCertPath())
                    .clientPemPath(config.mtlsCertPath())
                    .clientKeyPath(config.mtlsKeyPath());
        }
        return new FakeClient(new ClientUtils().getChannel(settings.build()));
    }

    MilvusServiceBlockingStub stub() {
        return MilvusServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    Status create(CollectionSchema schema) {
        return stub().createCollection(CreateCollectionRequest.newBuilder()
                .setCollectionName(schema.getName())
                .setSchema(schema.toByteString())
                .build());
    }

    DescribeCollectionResponse describe(String collection) {
        return stub().describeCollection(DescribeCollectionRequest.newBuilder()
                .setCollectionName(collection)
                .build());
    }

    /** A bucket that nobody has: for tests that touch no object. */
    static StorageConfig noBucket() {
        return new StorageConfig(
                StorageConfig.Side.MILVUS,
                StorageType.MINIO,
                "127.0.0.1",
                9,
                "",
                new Secret("nobody"),
                new Secret("nobody-at-all"),
                Secret.NONE,
                Secret.NONE,
                false,
                false,
                "",
                "none",
                "files",
                500);
    }

    static CollectionSchema schema(String name, FieldSchema.Builder... more) {
        CollectionSchema.Builder schema = CollectionSchema.newBuilder()
                .setName(name)
                .addFields(field("id", DataType.Int64).setIsPrimaryKey(true))
                .addFields(field("v", DataType.FloatVector).addTypeParams(pair("dim", "4")));
        for (FieldSchema.Builder field : more) {
            schema.addFields(field);
        }
        return schema.build();
    }

    static FieldSchema.Builder field(String name, DataType type) {
        return FieldSchema.newBuilder().setName(name).setDataType(type);
    }

    static KeyValuePair pair(String key, String value) {
        return KeyValuePair.newBuilder().setKey(key).setValue(value).build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
