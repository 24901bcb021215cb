package io.migrator.fake.rpc;

import com.google.protobuf.ByteString;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Countdown;
import io.migrator.fake.model.Ids;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.model.SegmentWriting;
import io.migrator.fake.model.ServerModel;
import io.milvus.grpc.ClusterInfo;
import io.milvus.grpc.FlushAllResponse;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.FlushResponse;
import io.milvus.grpc.GetFlushAllStateRequest;
import io.milvus.grpc.GetFlushAllStateResponse;
import io.milvus.grpc.GetFlushStateRequest;
import io.milvus.grpc.GetFlushStateResponse;
import io.milvus.grpc.ImmutableMessage;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.MessageID;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.SegmentState;
import java.util.List;
import java.util.Optional;
import milvus.proto.msg.Msg.MsgPosition;

/** Flushing: it is begun by one call and watched by others, and segments are written only while someone watches. */
@SuppressWarnings("deprecation") // the time stamp of FlushAll before 2.6.11
final class FlushCalls implements Calls {
    private static final int BASE_OF_TIME_TICK = 36;

    private final ServerModel server;
    private final Answers answers;
    private final SegmentWriting writing;
    private final int asks;
    private final Countdown all = new Countdown();

    /** @param asks how often a client is told that a flush is not over yet */
    FlushCalls(ServerModel server, int asks) {
        this.server = server;
        this.answers = new Answers(server);
        this.writing = new SegmentWriting(server);
        this.asks = asks;
    }

    @Override
    public void bind(Rpcs rpcs) {
        rpcs.on(MilvusServiceGrpc.getFlushMethod(), this::flush);
        rpcs.on(MilvusServiceGrpc.getGetFlushStateMethod(), this::state);
        rpcs.on(server.release().flushAll(), MilvusServiceGrpc.getFlushAllMethod(), (caller, request) -> flushAll());
        rpcs.on(
                server.release().flushAll(),
                MilvusServiceGrpc.getGetFlushAllStateMethod(),
                (caller, request) -> allState(request));
    }

    private FlushResponse flush(Caller caller, FlushRequest request) {
        FlushResponse.Builder answer =
                FlushResponse.newBuilder().setStatus(Answers.OK).setDbName(caller.databaseOf(request.getDbName()));
        for (String name : request.getCollectionNamesList()) {
            CollectionModel collection = answers.collection(caller, request.getDbName(), name);
            List<Long> sealed = writing.seal(collection);
            collection.flushing().countdown().begin(asks);
            long timestamp = server.ids().timestamp();
            answer.putCollSegIDs(name, LongArray.newBuilder().addAllData(sealed).build())
                    .putFlushCollSegIDs(
                            name,
                            LongArray.newBuilder()
                                    .addAllData(flushed(collection))
                                    .build())
                    .putCollSealTimes(name, Ids.seconds(timestamp));
            if (server.release().newStatusCodes()) {
                answer.putCollFlushTs(name, timestamp);
            }
            if (server.release().channelCheckpoints()) {
                collection.channels().forEach(channel -> answer.putChannelCps(channel, position(channel, timestamp)));
            }
        }
        return answer.build();
    }

    /** Segments of deletes are not among them. */
    private static List<Long> flushed(CollectionModel collection) {
        return collection.segments().stream()
                .filter(segment -> segment.state() == SegmentState.Flushed && !segment.levelZero())
                .map(SegmentModel::id)
                .toList();
    }

    private MsgPosition position(String channel, long timestamp) {
        return MsgPosition.newBuilder()
                .setChannelName(channel)
                .setMsgID(ByteString.copyFromUtf8(Long.toString(server.ids().next())))
                .setMsgGroup("fake-group-" + channel)
                .setTimestamp(timestamp)
                .build();
    }

    private GetFlushStateResponse state(Caller caller, GetFlushStateRequest request) {
        Optional<CollectionModel> named = request.getCollectionName().isEmpty()
                ? request.getSegmentIDsList().stream().findFirst().flatMap(server::ownerOf)
                : Optional.of(answers.collection(caller, request.getDbName(), request.getCollectionName()));
        // Segments nobody knows are taken for flushed and gone.
        boolean over = named.map(this::settled).orElse(true);
        return GetFlushStateResponse.newBuilder()
                .setStatus(Answers.OK)
                .setFlushed(over)
                .build();
    }

    /** Whether the collection's flush is over; where it just came to be, its segments are written. */
    boolean settled(CollectionModel collection) {
        boolean over = collection.flushing().countdown().over();
        if (over) {
            writing.finishFlush(collection);
        }
        return over;
    }

    private FlushAllResponse flushAll() {
        server.databases().forEach(database -> database.collections().forEach(writing::seal));
        all.begin(asks);
        long timestamp = server.ids().timestamp();
        FlushAllResponse.Builder answer = FlushAllResponse.newBuilder().setStatus(Answers.OK);
        if (!server.release().flushAllByChannel()) {
            return answer.setFlushAllTs(timestamp).build();
        }
        ClusterInfo.Builder cluster = ClusterInfo.newBuilder().setClusterId("by-dev");
        for (String channel : server.physicalChannels()) {
            cluster.addPchannels(channel);
            answer.putFlushAllMsgs(channel, message(timestamp));
        }
        return answer.setClusterInfo(
                        cluster.setCchannel(server.physicalChannels().get(0) + "_vcchan"))
                .build();
    }

    /** Its time tick is written as text with 36 digits. */
    private ImmutableMessage message(long timestamp) {
        return ImmutableMessage.newBuilder()
                .setId(MessageID.newBuilder().setId(Long.toString(server.ids().next())))
                .putProperties("_tt", Long.toString(timestamp, BASE_OF_TIME_TICK))
                .build();
    }

    private GetFlushAllStateResponse allState(GetFlushAllStateRequest request) {
        boolean named =
                server.release().flushAllByChannel() ? request.getFlushAllTssCount() > 0 : request.getFlushAllTs() > 0;
        if (!named) {
            throw Refusal.invalid("flush all timestamps are missing");
        }
        boolean over = all.over();
        if (over) {
            server.databases().forEach(database -> database.collections().forEach(writing::finishFlush));
        }
        return GetFlushAllStateResponse.newBuilder()
                .setStatus(Answers.OK)
                .setFlushed(over)
                .build();
    }
}
