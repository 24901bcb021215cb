package io.migrator.milvus;

import io.migrator.failure.MigratorException;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.Status.Code;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a Milvus: the only place that retries and that turns gRPC's faults into ours. Broken connections and a server
 * that starts up or asks to slow down are tried again; a server never reached yet is given up soon, one that was reached
 * is given the time of a restart.
 */
final class Calls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private static final Duration BUDGET_UNTIL_REACHED = Duration.ofSeconds(8);
    private static final Duration BUDGET_ONCE_REACHED = Duration.ofSeconds(60);
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final Connection connection;
    private final Faults faults;
    private volatile boolean reached;

    Calls(Connection connection) {
        this.connection = connection;
        this.faults = new Faults(connection.config());
    }

    /** The answer, whose status is OK; every other status is an exception. */
    <T> T ask(Action action, Function<MilvusServiceBlockingStub, T> call, Function<T, Status> status) {
        T answer = tryAsk(action, call, status);
        if (!Answers.ok(status.apply(answer))) {
            throw faults.refused(action, status.apply(answer));
        }
        return answer;
    }

    /** For calls whose answer is nothing but a status. */
    void ask(Action action, Function<MilvusServiceBlockingStub, Status> call) {
        ask(action, call, Function.identity());
    }

    /** The answer with whatever status the server gave, apart from those that mean "later" or "not you". */
    <T> T tryAsk(Action action, Function<MilvusServiceBlockingStub, T> call, Function<T, Status> status) {
        return retry(action, call, status, true);
    }

    /**
     * For what must not happen twice: tried again only where the server said that it did nothing. A broken connection
     * is UNREACHABLE, and the server may or may not have done it.
     */
    <T> T askOnce(Action action, Function<MilvusServiceBlockingStub, T> call, Function<T, Status> status) {
        T answer = retry(action, call, status, false);
        if (!Answers.ok(status.apply(answer))) {
            throw faults.refused(action, status.apply(answer));
        }
        return answer;
    }

    private <T> T retry(
            Action action,
            Function<MilvusServiceBlockingStub, T> call,
            Function<T, Status> status,
            boolean repeatable) {
        Backoff backoff = new Backoff(reached ? BUDGET_ONCE_REACHED : BUDGET_UNTIL_REACHED, FIRST_WAIT, LONGEST_WAIT);
        while (true) {
            MigratorException fault;
            try {
                T answer = call.apply(connection.stub(action.database(), action.deadline()));
                reached = true;
                Status given = status.apply(answer);
                if (Answers.denied(given)) {
                    throw faults.refused(action, given);
                }
                boolean later = Answers.throttled(given) || Answers.notReady(given);
                if (!later && !(repeatable && Answers.nodeMissing(given))) {
                    return answer;
                }
                fault = faults.refused(action, given);
            } catch (StatusRuntimeException e) {
                fault = faults.broken(action, e);
                if (!repeatable || !transientFault(e)) {
                    throw fault;
                }
            }
            if (!backoff.hasTime()) {
                throw fault;
            }
            LOG.debug("Trying again: {}", fault.getMessage());
            backoff.sleep(action);
            connection.connectAnew();
        }
    }

    Faults faults() {
        return faults;
    }

    private static boolean transientFault(StatusRuntimeException fault) {
        Code code = fault.getStatus().getCode();
        // A connection that breaks just after it was made shows as UNKNOWN.
        boolean cut = code == Code.UNKNOWN
                && String.valueOf(fault.getStatus().getDescription()).contains("channel closed");
        boolean unavailable = code == Code.UNAVAILABLE && !Faults.untrusted(fault);
        return unavailable || cut || code == Code.RESOURCE_EXHAUSTED;
    }

    @Override
    public void close() {
        connection.close();
    }
}
