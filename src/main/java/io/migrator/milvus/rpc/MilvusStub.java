package io.migrator.milvus.rpc;

import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.lite.ProtoLiteUtils;
import io.grpc.stub.ClientCalls;
import io.milvus.grpc.AddCollectionFieldRequest;
import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.BackupRBACMetaRequest;
import io.milvus.grpc.BackupRBACMetaResponse;
import io.milvus.grpc.BoolResponse;
import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.CreatePartitionRequest;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DescribeDatabaseRequest;
import io.milvus.grpc.DescribeDatabaseResponse;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.DescribeIndexResponse;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.DropIndexRequest;
import io.milvus.grpc.FlushAllRequest;
import io.milvus.grpc.FlushAllResponse;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.FlushResponse;
import io.milvus.grpc.GetCollectionStatisticsRequest;
import io.milvus.grpc.GetCollectionStatisticsResponse;
import io.milvus.grpc.GetFlushAllStateRequest;
import io.milvus.grpc.GetFlushAllStateResponse;
import io.milvus.grpc.GetFlushStateRequest;
import io.milvus.grpc.GetFlushStateResponse;
import io.milvus.grpc.GetImportStateRequest;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.GetLoadStateResponse;
import io.milvus.grpc.GetLoadingProgressRequest;
import io.milvus.grpc.GetLoadingProgressResponse;
import io.milvus.grpc.GetMetricsRequest;
import io.milvus.grpc.GetMetricsResponse;
import io.milvus.grpc.GetPartitionStatisticsRequest;
import io.milvus.grpc.GetPartitionStatisticsResponse;
import io.milvus.grpc.GetPersistentSegmentInfoRequest;
import io.milvus.grpc.GetPersistentSegmentInfoResponse;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.GetVersionResponse;
import io.milvus.grpc.HasCollectionRequest;
import io.milvus.grpc.HasPartitionRequest;
import io.milvus.grpc.ImportRequest;
import io.milvus.grpc.ImportResponse;
import io.milvus.grpc.ListAliasesRequest;
import io.milvus.grpc.ListAliasesResponse;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.ListDatabasesResponse;
import io.milvus.grpc.ListImportTasksRequest;
import io.milvus.grpc.ListImportTasksResponse;
import io.milvus.grpc.LoadCollectionRequest;
import io.milvus.grpc.OperateUserRoleRequest;
import io.milvus.grpc.QueryRequest;
import io.milvus.grpc.QueryResults;
import io.milvus.grpc.RestoreRBACMetaRequest;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowCollectionsResponse;
import io.milvus.grpc.ShowPartitionsRequest;
import io.milvus.grpc.ShowPartitionsResponse;
import io.milvus.grpc.Status;

/**
 * The calls of Milvus' gRPC service that are made here. Each waits for its answer, and throws gRPC's exception where there is none, or
 * {@link LargeAnswerException}. The SDK's own
 * stub is compiled against the gRPC inside its jar.
 */
public final class MilvusStub {
    private static final String SERVICE = "milvus.proto.milvus.MilvusService";

    private final Channel channel;
    private final CallOptions options;
    private final int largest;

    /** @param largest bytes of an answer, which the channel holds to */
    MilvusStub(Channel channel, CallOptions options, int largest) {
        this.channel = channel;
        this.options = options;
        this.largest = largest;
    }

    public Status addCollectionField(AddCollectionFieldRequest request) {
        return ask("AddCollectionField", request, Status.getDefaultInstance());
    }

    public Status alterCollection(AlterCollectionRequest request) {
        return ask("AlterCollection", request, Status.getDefaultInstance());
    }

    public BackupRBACMetaResponse backupRBAC(BackupRBACMetaRequest request) {
        return ask("BackupRBAC", request, BackupRBACMetaResponse.getDefaultInstance());
    }

    public ConnectResponse connect(ConnectRequest request) {
        return ask("Connect", request, ConnectResponse.getDefaultInstance());
    }

    public Status createAlias(CreateAliasRequest request) {
        return ask("CreateAlias", request, Status.getDefaultInstance());
    }

    public Status createCollection(CreateCollectionRequest request) {
        return ask("CreateCollection", request, Status.getDefaultInstance());
    }

    public Status createDatabase(CreateDatabaseRequest request) {
        return ask("CreateDatabase", request, Status.getDefaultInstance());
    }

    public Status createIndex(CreateIndexRequest request) {
        return ask("CreateIndex", request, Status.getDefaultInstance());
    }

    public Status createPartition(CreatePartitionRequest request) {
        return ask("CreatePartition", request, Status.getDefaultInstance());
    }

    public DescribeCollectionResponse describeCollection(DescribeCollectionRequest request) {
        return ask("DescribeCollection", request, DescribeCollectionResponse.getDefaultInstance());
    }

    public DescribeDatabaseResponse describeDatabase(DescribeDatabaseRequest request) {
        return ask("DescribeDatabase", request, DescribeDatabaseResponse.getDefaultInstance());
    }

    public DescribeIndexResponse describeIndex(DescribeIndexRequest request) {
        return ask("DescribeIndex", request, DescribeIndexResponse.getDefaultInstance());
    }

    public Status dropCollection(DropCollectionRequest request) {
        return ask("DropCollection", request, Status.getDefaultInstance());
    }

    public Status dropIndex(DropIndexRequest request) {
        return ask("DropIndex", request, Status.getDefaultInstance());
    }

    public FlushResponse flush(FlushRequest request) {
        return ask("Flush", request, FlushResponse.getDefaultInstance());
    }

    public FlushAllResponse flushAll(FlushAllRequest request) {
        return ask("FlushAll", request, FlushAllResponse.getDefaultInstance());
    }

    public GetFlushAllStateResponse getFlushAllState(GetFlushAllStateRequest request) {
        return ask("GetFlushAllState", request, GetFlushAllStateResponse.getDefaultInstance());
    }

    public GetFlushStateResponse getFlushState(GetFlushStateRequest request) {
        return ask("GetFlushState", request, GetFlushStateResponse.getDefaultInstance());
    }

    public GetImportStateResponse getImportState(GetImportStateRequest request) {
        return ask("GetImportState", request, GetImportStateResponse.getDefaultInstance());
    }

    public GetLoadingProgressResponse getLoadingProgress(GetLoadingProgressRequest request) {
        return ask("GetLoadingProgress", request, GetLoadingProgressResponse.getDefaultInstance());
    }

    public GetLoadStateResponse getLoadState(GetLoadStateRequest request) {
        return ask("GetLoadState", request, GetLoadStateResponse.getDefaultInstance());
    }

    public GetMetricsResponse getMetrics(GetMetricsRequest request) {
        return ask("GetMetrics", request, GetMetricsResponse.getDefaultInstance());
    }

    public GetCollectionStatisticsResponse getCollectionStatistics(GetCollectionStatisticsRequest request) {
        return ask("GetCollectionStatistics", request, GetCollectionStatisticsResponse.getDefaultInstance());
    }

    public GetPartitionStatisticsResponse getPartitionStatistics(GetPartitionStatisticsRequest request) {
        return ask("GetPartitionStatistics", request, GetPartitionStatisticsResponse.getDefaultInstance());
    }

    public GetPersistentSegmentInfoResponse getPersistentSegmentInfo(GetPersistentSegmentInfoRequest request) {
        return ask("GetPersistentSegmentInfo", request, GetPersistentSegmentInfoResponse.getDefaultInstance());
    }

    public GetVersionResponse getVersion(GetVersionRequest request) {
        return ask("GetVersion", request, GetVersionResponse.getDefaultInstance());
    }

    public BoolResponse hasCollection(HasCollectionRequest request) {
        return ask("HasCollection", request, BoolResponse.getDefaultInstance());
    }

    public BoolResponse hasPartition(HasPartitionRequest request) {
        return ask("HasPartition", request, BoolResponse.getDefaultInstance());
    }

    public ImportResponse import_(ImportRequest request) {
        return ask("Import", request, ImportResponse.getDefaultInstance());
    }

    public ListAliasesResponse listAliases(ListAliasesRequest request) {
        return ask("ListAliases", request, ListAliasesResponse.getDefaultInstance());
    }

    public ListDatabasesResponse listDatabases(ListDatabasesRequest request) {
        return ask("ListDatabases", request, ListDatabasesResponse.getDefaultInstance());
    }

    public ListImportTasksResponse listImportTasks(ListImportTasksRequest request) {
        return ask("ListImportTasks", request, ListImportTasksResponse.getDefaultInstance());
    }

    public Status loadCollection(LoadCollectionRequest request) {
        return ask("LoadCollection", request, Status.getDefaultInstance());
    }

    public Status operateUserRole(OperateUserRoleRequest request) {
        return ask("OperateUserRole", request, Status.getDefaultInstance());
    }

    public QueryResults query(QueryRequest request) {
        return ask("Query", request, QueryResults.getDefaultInstance());
    }

    public Status restoreRBAC(RestoreRBACMetaRequest request) {
        return ask("RestoreRBAC", request, Status.getDefaultInstance());
    }

    public ShowCollectionsResponse showCollections(ShowCollectionsRequest request) {
        return ask("ShowCollections", request, ShowCollectionsResponse.getDefaultInstance());
    }

    public ShowPartitionsResponse showPartitions(ShowPartitionsRequest request) {
        return ask("ShowPartitions", request, ShowPartitionsResponse.getDefaultInstance());
    }

    private <Q extends MessageLite, A extends MessageLite> A ask(String call, Q request, A nothing) {
        @SuppressWarnings("unchecked") // a message's default instance is of its own class
        Q empty = (Q) request.getDefaultInstanceForType();
        MethodDescriptor<Q, A> method = MethodDescriptor.<Q, A>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, call))
                .setRequestMarshaller(ProtoLiteUtils.marshaller(empty))
                .setResponseMarshaller(ProtoLiteUtils.marshaller(nothing))
                .build();
        AnswerSize size = new AnswerSize();
        try {
            return ClientCalls.blockingUnaryCall(channel, method, size.watch(options), request);
        } catch (StatusRuntimeException e) {
            throw size.tooLarge(e) ? new LargeAnswerException(largest, e) : e;
        }
    }
}
