package io.migrator.fake.rpc;

import io.migrator.fake.model.Refusal;
import io.milvus.shaded.io.grpc.Status;
import java.time.Duration;

/** What goes wrong with one call. */
public sealed interface Fault {
    /** All goes well: a pause between two faults of a queue. */
    record None() implements Fault {}

    /** The call is not done, and its answer says no. */
    record Refuse(Refusal refusal) implements Fault {}

    /** The call is not done, and gRPC gives this status in place of an answer; over REST it is HTTP 500. */
    record Break(Status status) implements Fault {}

    /** The call is done after a while. */
    record Delay(Duration time) implements Fault {}

    /** The connection is cut before anything is done. */
    record DropBefore() implements Fault {}

    /** The connection is cut when the call is done and before it is answered. */
    record DropAfter() implements Fault {}
}
