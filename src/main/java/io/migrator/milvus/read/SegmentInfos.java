package io.migrator.milvus.read;

import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Answers;
import io.migrator.milvus.calls.Calls;
import io.milvus.grpc.GetPersistentSegmentInfoRequest;
import io.milvus.grpc.GetPersistentSegmentInfoResponse;

/** Asks for all segments of a collection that Milvus keeps on disk, or is about to. */
public record SegmentInfos(Calls calls) {
    /** The answer with its status, which says that there is no such collection, or that a segment went meanwhile, or is OK. */
    public GetPersistentSegmentInfoResponse ask(String database, String collection) {
        Action action = Action.collection("list the segments of", database, collection);
        GetPersistentSegmentInfoResponse answer = calls.tryAsk(
                action,
                stub -> stub.getPersistentSegmentInfo(GetPersistentSegmentInfoRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()),
                GetPersistentSegmentInfoResponse::getStatus);
        boolean told = Answers.noCollection(answer.getStatus()) || Answers.noSegment(answer.getStatus());
        if (!told && !Answers.ok(answer.getStatus())) {
            throw calls.faults().refused(action, answer.getStatus());
        }
        return answer;
    }
}
