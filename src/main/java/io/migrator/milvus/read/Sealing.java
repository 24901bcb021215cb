package io.migrator.milvus.read;

import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.milvus.FlushOutcome;
import io.migrator.milvus.Segment;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Answers;
import io.migrator.milvus.calls.Calls;
import io.migrator.milvus.calls.Waiting;
import io.migrator.milvus.schema.Protos;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.FlushResponse;
import io.milvus.grpc.GetFlushStateRequest;
import io.milvus.grpc.GetFlushStateResponse;
import io.milvus.grpc.GetPersistentSegmentInfoResponse;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.PersistentSegmentInfo;
import io.milvus.grpc.SegmentLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import milvus.proto.msg.Msg.MsgPosition;

/** Brings a collection's rows into sealed segments and tells which these are. */
public final class Sealing {
    // A flush writes at most the growing segments, one gigabyte a shard by Milvus' default; half an hour means trouble.
    private static final Duration LONGEST_FLUSH = Duration.ofMinutes(30);
    private static final Duration FLUSH_CALL = Duration.ofMinutes(5);

    private final Calls calls;
    private final WrittenDeletes deletes;

    public Sealing(Calls calls) {
        this.calls = calls;
        this.deletes = new WrittenDeletes(calls);
    }

    /** Empty where the collection does not exist. */
    public Optional<FlushOutcome> flush(String database, String collection) {
        Action action = Action.collection("flush", database, collection).within(FLUSH_CALL);
        FlushResponse answer = calls.tryAsk(
                action,
                stub -> stub.flush(FlushRequest.newBuilder()
                        .setDbName(database)
                        .addCollectionNames(collection)
                        .build()),
                FlushResponse::getStatus);
        if (Answers.noCollection(answer.getStatus())) {
            return Optional.empty();
        }
        if (!Answers.ok(answer.getStatus())) {
            throw calls.faults().refused(action, answer.getStatus());
        }
        GetFlushStateRequest question = GetFlushStateRequest.newBuilder()
                .setDbName(database)
                .setCollectionName(collection)
                .setFlushTs(answer.getCollFlushTsMap().getOrDefault(collection, 0L))
                .addAllSegmentIDs(answer.getCollSegIDsMap()
                        .getOrDefault(collection, LongArray.getDefaultInstance())
                        .getDataList())
                .build();
        Waiting waiting = new Waiting(Action.collection("flush", database, collection), LONGEST_FLUSH);
        while (!flushed(database, collection, question)) {
            waiting.pause(
                    () -> Counted.of(question.getSegmentIDsCount(), "segment is", "segments are") + " not written yet");
        }
        FlushOutcome outcome = outcome(collection, answer);
        // From 2.3 on the flush state regards this time stamp, and with it the deletes.
        if (!answer.getCollFlushTsMap().containsKey(collection)) {
            deletes.await(database, collection, outcome.sealTime());
        }
        return Optional.of(outcome);
    }

    /** Seals what was written and tells the segments it was in that are not flushed yet, without waiting for that. */
    public Set<Long> seal(String database, String collection) {
        FlushResponse answer = calls.ask(
                Action.collection("flush", database, collection).within(FLUSH_CALL),
                stub -> stub.flush(FlushRequest.newBuilder()
                        .setDbName(database)
                        .addCollectionNames(collection)
                        .build()),
                FlushResponse::getStatus);
        return ids(answer.getCollSegIDsMap(), collection);
    }

    private boolean flushed(String database, String collection, GetFlushStateRequest question) {
        return calls.ask(
                        Action.collection("wait for the flush of", database, collection),
                        stub -> stub.getFlushState(question),
                        GetFlushStateResponse::getStatus)
                .getFlushed();
    }

    private static FlushOutcome outcome(String collection, FlushResponse answer) {
        Map<String, String> checkpoints = new TreeMap<>();
        long newest = 0;
        for (Map.Entry<String, MsgPosition> checkpoint :
                answer.getChannelCpsMap().entrySet()) {
            checkpoints.put(
                    checkpoint.getKey(), Protos.base64(checkpoint.getValue().toByteString()));
            newest = Math.max(newest, checkpoint.getValue().getTimestamp());
        }
        long sealTime = answer.getCollSealTimesMap().getOrDefault(collection, 0L);
        return new FlushOutcome(
                newest,
                sealTime,
                checkpoints,
                answer.getCollFlushTsMap().getOrDefault(collection, HybridTime.of((sealTime + 1) * 1000)),
                answer.containsCollSegIDs(collection) && answer.containsFlushCollSegIDs(collection),
                ids(answer.getCollSegIDsMap(), collection),
                ids(answer.getFlushCollSegIDsMap(), collection));
    }

    private static Set<Long> ids(Map<String, LongArray> segments, String collection) {
        return Set.copyOf(segments.getOrDefault(collection, LongArray.getDefaultInstance())
                .getDataList());
    }

    /**
     * Empty where the collection does not exist.
     *
     * @param awaited which segments to wait for that are being sealed or written; others are left out
     */
    Optional<List<Segment>> segments(String database, String collection, LongPredicate awaited) {
        Action action = Action.collection("list the segments of", database, collection);
        Waiting waiting = new Waiting(action, LONGEST_FLUSH);
        while (true) {
            GetPersistentSegmentInfoResponse answer = new SegmentInfos(calls).ask(database, collection);
            if (Answers.noCollection(answer.getStatus())) {
                return Optional.empty();
            }
            if (Answers.noSegment(answer.getStatus())) {
                waiting.pause(() -> "segments come and go (" + Answers.reason(answer.getStatus()) + ")");
                continue;
            }
            List<Segment> sealed = new ArrayList<>();
            long unfinished = answer.getInfosList().stream()
                    .filter(info -> !persistent(action, info, sealed) && awaited.test(info.getSegmentID()))
                    .count();
            if (unfinished == 0) {
                return Optional.of(sealed);
            }
            waiting.pause(() -> Counted.of(unfinished, "segment is", "segments are") + " not written yet");
        }
    }

    /** Adds the segment where its rows are to be kept; false where it is on its way to that. */
    private static boolean persistent(Action action, PersistentSegmentInfo info, List<Segment> sealed) {
        return switch (info.getState()) {
            case Flushed ->
                sealed.add(new Segment(
                        info.getSegmentID(),
                        info.getCollectionID(),
                        info.getPartitionID(),
                        info.getNumRows(),
                        info.getLevel() == SegmentLevel.L0 || info.getPartitionID() == VaultLayout.ALL_PARTITIONS,
                        info.getStorageVersion()));
            case Sealed, Flushing -> false;
            // Growing ones hold only what came after the flush, importing ones what nobody can see yet.
            case Growing, Importing, Dropped, NotExist -> true;
            default ->
                throw MigratorException.unable(
                        Failure.UNSUPPORTED,
                        action.verb(),
                        action.thing(),
                        "segment " + info.getSegmentID() + " is in state " + info.getStateValue()
                                + ", which this version of migrator does not know",
                        "Use a newer migrator.");
        };
    }
}
