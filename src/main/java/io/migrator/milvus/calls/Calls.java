package io.migrator.milvus.calls;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.calls.Repeats.Attempt;
import io.migrator.milvus.rpc.LargeAnswerException;
import io.migrator.milvus.rpc.MilvusStub;
import io.milvus.grpc.Status;
import java.nio.channels.ClosedChannelException;
import java.util.function.Function;

/**
 * Calls a Milvus over gRPC and turns its faults into ours. Broken connections and a server that starts up or asks to slow
 * down are tried again by {@link Repeats}.
 */
public final class Calls implements AutoCloseable {
    private final Connection connection;
    private final Faults faults;
    private final Repeats repeats = new Repeats();

    public Calls(Connection connection) {
        this.connection = connection;
        this.faults = new Faults(connection.config());
    }

    /** The answer, whose status is OK; every other status is an exception. */
    public <T> T ask(Action action, Function<MilvusStub, T> call, Function<T, Status> status) {
        T answer = tryAsk(action, call, status);
        if (!Answers.ok(status.apply(answer))) {
            throw faults.refused(action, status.apply(answer));
        }
        return answer;
    }

    /** For calls whose answer is nothing but a status. */
    public void ask(Action action, Function<MilvusStub, Status> call) {
        ask(action, call, Function.identity());
    }

    /** The answer with whatever status the server gave, apart from those that mean "later" or "not you". */
    public <T> T tryAsk(Action action, Function<MilvusStub, T> call, Function<T, Status> status) {
        return retry(action, call, status, true);
    }

    /**
     * For what must not happen twice: tried again only where the server said that it did nothing. A broken connection
     * is UNREACHABLE, and the server may or may not have done it.
     */
    public <T> T askOnce(Action action, Function<MilvusStub, T> call, Function<T, Status> status) {
        T answer = retry(action, call, status, false);
        if (!Answers.ok(status.apply(answer))) {
            throw faults.refused(action, status.apply(answer));
        }
        return answer;
    }

    private <T> T retry(Action action, Function<MilvusStub, T> call, Function<T, Status> status, boolean repeatable) {
        return repeats.run(
                action,
                () -> {
                    try {
                        T answer = call.apply(connection.stub(action.database(), action.deadline()));
                        repeats.reach();
                        Status given = status.apply(answer);
                        if (Answers.denied(given)) {
                            throw faults.refused(action, given);
                        }
                        boolean later = Answers.throttled(given) || Answers.notReady(given);
                        return later || (repeatable && Answers.nodeMissing(given))
                                ? Attempt.failed(faults.refused(action, given))
                                : Attempt.last(answer);
                    } catch (LargeAnswerException e) {
                        throw faults.tooLarge(action, e);
                    } catch (StatusRuntimeException e) {
                        MigratorException fault = faults.broken(action, e);
                        if (!repeatable || !transientFault(e)) {
                            throw fault;
                        }
                        return Attempt.failed(fault);
                    }
                },
                connection::connectAnew);
    }

    public Faults faults() {
        return faults;
    }

    private static boolean transientFault(StatusRuntimeException fault) {
        Code code = fault.getStatus().getCode();
        // A connection that breaks just after it was made shows as UNKNOWN.
        boolean cut = code == Code.UNKNOWN && fault.getCause() instanceof ClosedChannelException;
        boolean unavailable = code == Code.UNAVAILABLE && !Faults.untrusted(fault);
        return unavailable || cut || code == Code.RESOURCE_EXHAUSTED;
    }

    @Override
    public void close() {
        connection.close();
    }
}
