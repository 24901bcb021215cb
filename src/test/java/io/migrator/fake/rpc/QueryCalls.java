package io.migrator.fake.rpc;

import io.migrator.fake.data.StoredRows;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.ServerModel;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.QueryRequest;
import io.milvus.grpc.QueryResults;
import io.milvus.grpc.ScalarField;
import java.util.List;

/** {@code count(*)} of what is loaded, and no other query. */
final class QueryCalls implements Calls {
    private static final String COUNT = "count(*)";

    private final ServerModel server;
    private final Answers answers;

    QueryCalls(ServerModel server) {
        this.server = server;
        this.answers = new Answers(server);
    }

    @Override
    public void bind(Rpcs rpcs) {
        rpcs.on(MilvusServiceGrpc.getQueryMethod(), this::query);
    }

    private QueryResults query(Caller caller, QueryRequest request) {
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getCollectionName());
        if (!request.getOutputFieldsList().equals(List.of(COUNT))) {
            throw Refusal.invalid("only count(*) is known to this double");
        }
        List<String> partitions = request.getPartitionNamesList();
        if (!collection.loaded().whole() && !partitions.stream().allMatch(collection.loaded()::has)) {
            throw Refusal.notLoaded(collection.id());
        }
        long rows = new StoredRows(server).digest(collection, partitions).rows();
        return QueryResults.newBuilder()
                .setStatus(Answers.OK)
                .setCollectionName(collection.name())
                .addFieldsData(FieldData.newBuilder()
                        .setFieldName(COUNT)
                        .setType(DataType.Int64)
                        .setScalars(ScalarField.newBuilder()
                                .setLongData(LongArray.newBuilder().addData(rows))))
                .build();
    }
}
