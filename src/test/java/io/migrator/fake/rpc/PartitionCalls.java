package io.migrator.fake.rpc;

import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Ids;
import io.migrator.fake.model.Pairs;
import io.migrator.fake.model.PartitionModel;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.model.ServerModel;
import io.milvus.grpc.BoolResponse;
import io.milvus.grpc.CreatePartitionRequest;
import io.milvus.grpc.DropPartitionRequest;
import io.milvus.grpc.GetPartitionStatisticsRequest;
import io.milvus.grpc.GetPartitionStatisticsResponse;
import io.milvus.grpc.HasPartitionRequest;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.ShowPartitionsRequest;
import io.milvus.grpc.ShowPartitionsResponse;
import io.milvus.grpc.Status;

final class PartitionCalls implements Calls {
    private static final int MAX_NAME = 255;
    private static final int MAX_PARTITIONS = 1024;

    private final ServerModel server;
    private final Answers answers;

    PartitionCalls(ServerModel server) {
        this.server = server;
        this.answers = new Answers(server);
    }

    @Override
    public void bind(Rpcs rpcs) {
        rpcs.on(MilvusServiceGrpc.getShowPartitionsMethod(), this::show);
        rpcs.on(MilvusServiceGrpc.getHasPartitionMethod(), this::has);
        rpcs.on(MilvusServiceGrpc.getCreatePartitionMethod(), this::create);
        rpcs.on(MilvusServiceGrpc.getDropPartitionMethod(), this::drop);
        rpcs.on(MilvusServiceGrpc.getGetPartitionStatisticsMethod(), this::statistics);
    }

    private ShowPartitionsResponse show(Caller caller, ShowPartitionsRequest request) {
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getCollectionName());
        ShowPartitionsResponse.Builder answer =
                ShowPartitionsResponse.newBuilder().setStatus(Answers.OK);
        for (PartitionModel partition : collection.partitions()) {
            answer.addPartitionNames(partition.name())
                    .addPartitionIDs(partition.id())
                    .addCreatedTimestamps(partition.createdTimestamp())
                    .addCreatedUtcTimestamps(Ids.millis(partition.createdTimestamp()));
        }
        return answer.build();
    }

    private BoolResponse has(Caller caller, HasPartitionRequest request) {
        FieldRules.name("partition name", request.getPartitionName(), MAX_NAME);
        return BoolResponse.newBuilder()
                .setStatus(Answers.OK)
                .setValue(answers.collection(caller, request.getDbName(), request.getCollectionName())
                        .partition(request.getPartitionName())
                        .isPresent())
                .build();
    }

    private Status create(Caller caller, CreatePartitionRequest request) {
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getCollectionName());
        FieldRules.name("partition name", request.getPartitionName(), MAX_NAME);
        if (collection.hasPartitionKey()) {
            throw Refusal.unexpected("disable create partition if partition key mode is used");
        }
        synchronized (collection) {
            // Making a partition that is there is no fault.
            if (collection.partition(request.getPartitionName()).isEmpty()) {
                if (collection.partitions().size() >= MAX_PARTITIONS) {
                    throw Refusal.invalid("partition number (" + (MAX_PARTITIONS + 1) + ") exceeds max configuration ("
                            + MAX_PARTITIONS + "), collection: " + collection.name());
                }
                collection.add(new PartitionModel(
                        server.ids().next(),
                        request.getPartitionName(),
                        server.ids().timestamp()));
            }
        }
        return Answers.OK;
    }

    private Status drop(Caller caller, DropPartitionRequest request) {
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getCollectionName());
        if (request.getPartitionName().equals(PartitionModel.DEFAULT)) {
            throw Refusal.unexpected("default partition cannot be deleted");
        }
        collection.partition(request.getPartitionName()).ifPresent(partition -> {
            if (collection.loaded().has(partition.name())) {
                throw Refusal.unexpected("partition cannot be dropped, partition is loaded, please release it first");
            }
            collection.segments().stream()
                    .filter(segment -> segment.place().partition() == partition.id())
                    .map(SegmentModel::id)
                    .forEach(collection::forget);
            collection.remove(partition);
        });
        return Answers.OK;
    }

    private GetPartitionStatisticsResponse statistics(Caller caller, GetPartitionStatisticsRequest request) {
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getCollectionName());
        PartitionModel partition = collection.requirePartition(request.getPartitionName());
        return GetPartitionStatisticsResponse.newBuilder()
                .setStatus(Answers.OK)
                .addStats(
                        Pairs.pair("row_count", Long.toString(DescribeCalls.rows(server, collection, partition.id()))))
                .build();
    }
}
