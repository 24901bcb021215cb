package io.migrator.milvus.read;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Calls;
import io.migrator.milvus.calls.Waiting;
import io.milvus.grpc.GetFlushAllStateRequest;
import io.milvus.grpc.GetFlushAllStateResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the deletes that a flush of Milvus 2.2 leaves in memory. Seen on 2.2.16: its flush writes inserted rows
 * only; deletes of rows in sealed segments are written when {@code dataNode.segment.syncPeriod} (10 minutes by default)
 * is over. The checkpoints of its channels do not pass a delete that is not written, and it tells whether those of all
 * collections have passed a moment. It cannot be asked about one collection.
 */
final class WrittenDeletes {
    private static final Logger LOG = LoggerFactory.getLogger(WrittenDeletes.class);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private final Calls calls;

    WrittenDeletes(Calls calls) {
        this.calls = calls;
    }

    /** @param sealTime unix seconds of the flush, as the server gave it */
    void await(String database, String collection, long sealTime) {
        Action action = Action.collection("wait for the deletes of", database, collection);
        // Seal times are cut to seconds: the next one is surely after the flush.
        long moment = HybridTime.of(Duration.ofSeconds(sealTime + 1).toMillis());
        @SuppressWarnings("deprecation") // what replaces it came with 2.6.11
        GetFlushAllStateRequest question =
                GetFlushAllStateRequest.newBuilder().setFlushAllTs(moment).build();
        Waiting waiting = new Waiting(action, LONGEST);
        try {
            while (!calls.ask(action, stub -> stub.getFlushAllState(question), GetFlushAllStateResponse::getStatus)
                    .getFlushed()) {
                waiting.pause(() -> "Milvus 2.2 writes them each dataNode.segment.syncPeriod, 10 minutes by default");
            }
        } catch (MigratorException e) {
            if (e.failure() != Failure.UNSUPPORTED) {
                throw e;
            }
            LOG.warn(
                    "The server of {}.{} is too old to tell whether deletes are written: deletes of its last 10 minutes"
                            + " may be missing.",
                    database,
                    collection);
        }
    }
}
