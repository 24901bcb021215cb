package io.migrator.fake.rpc;

import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Release;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.model.ServerModel;
import io.milvus.grpc.GetPersistentSegmentInfoRequest;
import io.milvus.grpc.GetPersistentSegmentInfoResponse;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.PersistentSegmentInfo;
import io.milvus.grpc.SegmentState;
import java.util.EnumSet;
import java.util.Set;

/** Lists segments on disk, and those on their way to it. */
final class SegmentCalls implements Calls {
    private static final Set<SegmentState> LISTED =
            EnumSet.of(SegmentState.Sealed, SegmentState.Flushing, SegmentState.Flushed);

    private final ServerModel server;
    private final Answers answers;
    private final FlushCalls flushes;

    SegmentCalls(ServerModel server, FlushCalls flushes) {
        this.server = server;
        this.answers = new Answers(server);
        this.flushes = flushes;
    }

    @Override
    public void bind(Rpcs rpcs) {
        rpcs.on(MilvusServiceGrpc.getGetPersistentSegmentInfoMethod(), this::list);
    }

    private GetPersistentSegmentInfoResponse list(Caller caller, GetPersistentSegmentInfoRequest request) {
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getCollectionName());
        flushes.settled(collection);
        GetPersistentSegmentInfoResponse.Builder answer =
                GetPersistentSegmentInfoResponse.newBuilder().setStatus(Answers.OK);
        collection.segments().stream()
                .filter(segment -> LISTED.contains(segment.state()))
                .forEach(segment -> answer.addInfos(info(segment)));
        return answer.build();
    }

    private PersistentSegmentInfo info(SegmentModel segment) {
        Release release = server.release();
        PersistentSegmentInfo.Builder info = PersistentSegmentInfo.newBuilder()
                .setSegmentID(segment.id())
                .setCollectionID(segment.place().collection())
                .setPartitionID(segment.place().partition())
                .setNumRows(segment.rows())
                .setState(segment.state());
        if (release.segmentLevel()) {
            info.setLevel(segment.level());
        }
        if (release.segmentSorted()) {
            info.setIsSorted(segment.sorted());
        }
        if (release.storageVersion()) {
            info.setStorageVersion(segment.storageVersion());
        }
        return info.build();
    }
}
