package io.migrator.milvus.read;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.FlushAllOutcome;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Calls;
import io.migrator.milvus.calls.ServerVersion;
import io.migrator.milvus.calls.Waiting;
import io.migrator.milvus.schema.Protos;
import io.milvus.grpc.FlushAllRequest;
import io.milvus.grpc.FlushAllResponse;
import io.milvus.grpc.GetFlushAllStateRequest;
import io.milvus.grpc.GetFlushAllStateResponse;
import io.milvus.grpc.ImmutableMessage;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings the rows of every collection of a server into sealed segments at once, in the form Milvus 2.6.11 began: the
 * answer holds a message for each physical channel, and the state is asked for with the time ticks of those.
 */
final class FlushAll {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration CALL = Duration.ofMinutes(5);
    /** Milvus' {@code pkg/streaming/util/message}: the property's name, and the base its numbers are written in. */
    private static final String TIME_TICK = "_tt";

    private static final int BASE = 36;

    private final Calls calls;
    private final Names names;

    FlushAll(Calls calls, Names names) {
        this.calls = calls;
        this.names = names;
    }

    static boolean known(ServerVersion version) {
        return version.atLeast(2, 6, 11);
    }

    /** Returns when all rows of before are persistent. */
    FlushAllOutcome run() {
        Action action =
                Action.server("flush all collections of", names.server()).within(CALL);
        FlushAllResponse answer = calls.ask(
                action, stub -> stub.flushAll(FlushAllRequest.getDefaultInstance()), FlushAllResponse::getStatus);
        GetFlushAllStateRequest.Builder question = GetFlushAllStateRequest.newBuilder();
        Map<String, Long> ticks = ticks(action, answer.getFlushAllMsgsMap());
        ticks.forEach(question::putFlushAllTss);
        Waiting waiting = new Waiting(action, LONGEST);
        while (!flushed(question.build())) {
            waiting.pause(() -> "not all rows are written yet");
        }
        Map<String, String> messages = new TreeMap<>();
        answer.getFlushAllMsgsMap()
                .forEach((channel, message) -> messages.put(channel, Protos.base64(message.toByteString())));
        return new FlushAllOutcome(
                Collections.min(ticks.values()),
                messages,
                answer.getClusterInfo().getCchannel(),
                List.copyOf(answer.getClusterInfo().getPchannelsList()));
    }

    private boolean flushed(GetFlushAllStateRequest question) {
        return calls.ask(
                        Action.server("wait for the flush of", names.server()),
                        stub -> stub.getFlushAllState(question),
                        GetFlushAllStateResponse::getStatus)
                .getFlushed();
    }

    private static Map<String, Long> ticks(Action action, Map<String, ImmutableMessage> messages) {
        Map<String, Long> ticks = new TreeMap<>();
        messages.forEach((channel, message) -> {
            String tick = message.getPropertiesMap().getOrDefault(TIME_TICK, "");
            try {
                ticks.put(channel, Long.parseUnsignedLong(tick, BASE));
            } catch (NumberFormatException e) {
                throw unreadable(action, "channel " + channel + " has the time tick '" + tick + "'", e);
            }
        });
        if (ticks.isEmpty()) {
            throw unreadable(action, "it named no channel", null);
        }
        return ticks;
    }

    private static MigratorException unreadable(Action action, String cause, @Nullable Throwable origin) {
        return MigratorException.unable(
                Failure.UNSUPPORTED,
                action.verb(),
                action.thing(),
                "its answer is not one this version of migrator knows: " + cause,
                "Use strategy=serial_flush.",
                origin);
    }
}
