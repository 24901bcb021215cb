package io.migrator.fake.rpc;

import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.DatabaseModel;
import io.migrator.fake.model.Ids;
import io.migrator.fake.model.Pairs;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.Release;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.model.ServerModel;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.GetCollectionStatisticsRequest;
import io.milvus.grpc.GetCollectionStatisticsResponse;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.SegmentState;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowCollectionsResponse;
import io.milvus.grpc.ShowType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells of collections. */
@SuppressWarnings("deprecation") // what is loaded is still asked in this old way
final class DescribeCalls implements Calls {
    private static final int MAX_NAME = 255;

    private static final int WHOLLY_LOADED = 100;

    private final ServerModel server;
    private final Answers answers;

    DescribeCalls(ServerModel server) {
        this.server = server;
        this.answers = new Answers(server);
    }

    @Override
    public void bind(Rpcs rpcs) {
        rpcs.on(MilvusServiceGrpc.getShowCollectionsMethod(), this::show);
        rpcs.on(MilvusServiceGrpc.getDescribeCollectionMethod(), this::describe);
        rpcs.on(MilvusServiceGrpc.getGetCollectionStatisticsMethod(), this::statistics);
    }

    private ShowCollectionsResponse show(Caller caller, ShowCollectionsRequest request) {
        boolean inMemory = request.getType() == ShowType.InMemory;
        ShowCollectionsResponse.Builder answer =
                ShowCollectionsResponse.newBuilder().setStatus(Answers.OK);
        for (CollectionModel collection :
                answers.database(caller, request.getDbName()).collections()) {
            if (inMemory && !collection.loaded().anything()) {
                continue;
            }
            answer.addCollectionNames(collection.name())
                    .addCollectionIds(collection.id())
                    .addCreatedTimestamps(collection.createdTimestamp())
                    .addCreatedUtcTimestamps(Ids.millis(collection.createdTimestamp()));
            if (inMemory) {
                answer.addInMemoryPercentages(WHOLLY_LOADED).addQueryServiceAvailable(true);
            }
            if (server.release().nullableAndFunctions()) {
                answer.addShardsNum(collection.channels().size());
            }
        }
        return answer.build();
    }

    private DescribeCollectionResponse describe(Caller caller, DescribeCollectionRequest request) {
        if (!request.getCollectionName().isEmpty()) {
            FieldRules.name("collection name", request.getCollectionName(), MAX_NAME);
        }
        DatabaseModel database = answers.database(caller, request.getDbName());
        Optional<CollectionModel> collection = request.getCollectionName().isEmpty()
                ? server.collection(request.getCollectionID())
                : database.find(request.getCollectionName());
        return collection.map(found -> describe(request, found)).orElseGet(() -> missing(database, request));
    }

    private DescribeCollectionResponse describe(DescribeCollectionRequest request, CollectionModel collection) {
        Release release = server.release();
        boolean echoes =
                !release.atLeast(2, 4, 0) && !request.getCollectionName().isEmpty();
        DescribeCollectionResponse.Builder answer = DescribeCollectionResponse.newBuilder()
                .setStatus(Answers.OK)
                .setSchema(visible(collection.schema()))
                .setCollectionID(collection.id())
                .addAllVirtualChannelNames(collection.channels())
                .setCreatedTimestamp(collection.createdTimestamp())
                .setCreatedUtcTimestamp(Ids.millis(collection.createdTimestamp()))
                .setShardsNum(collection.channels().size())
                .addAllAliases(collection.aliasNames())
                .setConsistencyLevel(collection.consistency())
                .setCollectionName(echoes ? request.getCollectionName() : collection.name())
                .addAllProperties(collection.properties());
        collection.channels().forEach(channel -> answer.addPhysicalChannelNames(physical(channel)));
        if (release.databases()) {
            answer.setDbName(collection.database().name());
        }
        if (release.partitionKeys()) {
            answer.setNumPartitions(collection.partitions().size());
        }
        if (release.atLeast(2, 4, 0)) {
            answer.setDbId(collection.database().id());
        }
        if (release.atLeast(2, 5, 0)) {
            answer.setRequestTime(server.ids().timestamp());
        }
        if (release.atLeast(2, 6, 0)) {
            answer.setUpdateTimestamp(collection.updatedTimestamp())
                    .setUpdateTimestampStr(Long.toString(collection.updatedTimestamp()));
        }
        return answer.build();
    }

    /** In words that old clients look for, and with the old code that they know. */
    private DescribeCollectionResponse missing(DatabaseModel database, DescribeCollectionRequest request) {
        String name = request.getCollectionName();
        String collection = name.isEmpty() ? Long.toString(request.getCollectionID()) : name;
        Refusal refusal = new Refusal(
                        100,
                        ErrorCode.UnexpectedError,
                        "can't find collection "
                                + Refusal.noCollection(database.name(), collection)
                                        .getMessage())
                .saidIn22("code: CollectionNotExists, reason: can't find collection " + database.name() + ":"
                        + collection);
        return DescribeCollectionResponse.newBuilder()
                .setStatus(refusal.status(server.release()))
                .setSchema(CollectionSchema.getDefaultInstance())
                .setCollectionName(name)
                .setDbName(server.release().databases() ? database.name() : "")
                .build();
    }

    /** Without {@code $meta}, and on old releases without what they do not copy into the answer. */
    private CollectionSchema visible(CollectionSchema schema) {
        CollectionSchema.Builder visible = schema.toBuilder().clearFields();
        for (FieldSchema field : schema.getFieldsList()) {
            if (!field.getIsDynamic()) {
                visible.addFields(field.toBuilder().clearState());
            }
        }
        return server.release().atLeast(2, 4, 0)
                ? visible.build()
                : visible.clearProperties().build();
    }

    private static String physical(String channel) {
        return channel.substring(0, channel.lastIndexOf('_'));
    }

    private GetCollectionStatisticsResponse statistics(Caller caller, GetCollectionStatisticsRequest request) {
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getCollectionName());
        return GetCollectionStatisticsResponse.newBuilder()
                .setStatus(Answers.OK)
                .addStats(Pairs.pair("row_count", Long.toString(rows(server, collection, -1))))
                .build();
    }

    /**
     * Rows before deletes in flushed segments, as 2.3.5 counts: those that grow or are sealed are not among them. Of one
     * partition, or of all where it is -1. None where all are older than the collection keeps them, as compaction would
     * see to.
     */
    static long rows(ServerModel server, CollectionModel collection, long partition) {
        if (expired(server, collection)) {
            return 0;
        }
        return collection.segments().stream()
                .filter(segment -> segment.state() == SegmentState.Flushed && !segment.levelZero())
                .filter(segment -> partition == -1 || segment.place().partition() == partition)
                .mapToLong(SegmentModel::rows)
                .sum();
    }

    /** By its own time, else by the server's; of 2.6, by a field of points in time, which is taken to lie in the past. */
    private static boolean expired(ServerModel server, CollectionModel collection) {
        long age = Duration.between(Instant.ofEpochMilli(Ids.millis(SegmentRows.SOME_TIME)), Instant.now())
                .toSeconds();
        boolean byField = collection.properties().stream()
                .anyMatch(property -> property.getKey().equals("ttl_field")
                        && !property.getValue().isEmpty());
        long seconds = collection.properties().stream()
                .filter(property -> property.getKey().equals("collection.ttl.seconds"))
                .mapToLong(property -> Long.parseLong(property.getValue()))
                .findFirst()
                .orElse(server.entityExpiration());
        return byField || (seconds > 0 && seconds < age);
    }
}
