package io.migrator.fake;

import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.DatabaseModel;
import io.migrator.fake.model.PartitionModel;
import io.migrator.fake.model.SegmentFiles;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.model.SegmentWriting;
import io.migrator.fake.model.ServerModel;
import io.migrator.fake.rpc.GrpcService;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.CreateCollectionRequest;
import java.util.function.UnaryOperator;

/** Fills a double without the network: definitions pass the server's checks, and files are written to its bucket. */
public final class Filling {
    private final ServerModel model;
    private final GrpcService grpc;
    private final SegmentWriting writing;

    Filling(ServerModel model, GrpcService grpc) {
        this.model = model;
        this.grpc = grpc;
        this.writing = new SegmentWriting(model);
    }

    /** One shard, no properties; the database is made where it is missing. */
    public CollectionModel collection(String database, CollectionSchema schema) {
        return collection(database, schema, request -> request);
    }

    /** @param more sets shards, consistency, properties or the number of partitions */
    public CollectionModel collection(
            String database, CollectionSchema schema, UnaryOperator<CreateCollectionRequest.Builder> more) {
        DatabaseModel home = model.databaseMadeWhereMissing(database);
        CreateCollectionRequest.Builder request = CreateCollectionRequest.newBuilder()
                .setDbName(database)
                .setCollectionName(schema.getName())
                .setSchema(schema.toByteString())
                .setShardsNum(1);
        return grpc.create(home, more.apply(request).build());
    }

    /** The partition of that name, made where it is missing. */
    public PartitionModel partition(CollectionModel collection, String name) {
        return collection.partition(name).orElseGet(() -> {
            PartitionModel made =
                    new PartitionModel(model.ids().next(), name, model.ids().timestamp());
            collection.add(made);
            return made;
        });
    }

    /** A flushed segment of a partition, which is made where it is missing. */
    public SegmentModel segment(
            CollectionModel collection, String partition, SegmentWriting.Kind kind, SegmentFiles files) {
        return writing.flushed(collection, partition(collection, partition).id(), kind, files);
    }

    /** A flushed segment of deletes in all partitions. */
    public SegmentModel deletesEverywhere(CollectionModel collection, SegmentFiles files) {
        return writing.flushed(collection, -1, SegmentWriting.Kind.DELETES, files);
    }

    /** Rows in memory, which the next flush writes. */
    public SegmentModel growing(
            CollectionModel collection, String partition, SegmentWriting.Kind kind, long rows, SegmentFiles files) {
        return writing.growing(collection, partition(collection, partition).id(), kind, rows, files);
    }
}
