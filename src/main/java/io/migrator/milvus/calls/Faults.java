package io.migrator.milvus.calls;

import io.grpc.StatusRuntimeException;
import io.migrator.config.MilvusConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.rpc.LargeAnswerException;
import io.milvus.grpc.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with a call and which configuration key to look at. */
public final class Faults {
    private final MilvusConfig config;

    Faults(MilvusConfig config) {
        this.config = config;
    }

    /** The call did not come to an answer. */
    MigratorException broken(Action action, StatusRuntimeException fault) {
        if (Thread.currentThread().isInterrupted()) {
            return Backoff.interrupted(action, fault);
        }
        return switch (fault.getStatus().getCode()) {
            case UNAUTHENTICATED, PERMISSION_DENIED -> denied(action, text(fault), fault);
            case RESOURCE_EXHAUSTED -> throttled(action, text(fault), fault);
            case UNIMPLEMENTED ->
                MigratorException.unable(
                        Failure.UNSUPPORTED,
                        action.verb(),
                        action.thing(),
                        "the Milvus at " + config.display() + " does not know this call (" + text(fault) + ")",
                        "Check with --debug which version it is.",
                        fault);
            case DEADLINE_EXCEEDED ->
                unreachable(action, "no answer within " + action.deadline().toSeconds() + " s", fault);
            default -> untrusted(fault) ? distrusted(action, fault) : unreachable(action, text(fault), fault);
        };
    }

    /** The server answered, and said no. */
    public MigratorException refused(Action action, Status status) {
        String reason = Answers.reason(status);
        if (Answers.denied(status)) {
            return denied(action, reason, null);
        }
        if (Answers.throttled(status)) {
            return throttled(action, reason, null);
        }
        if (Answers.notReady(status) || Answers.nodeMissing(status)) {
            return unreachable(action, reason, null);
        }
        return MigratorException.unable(
                Failure.SERVER_FAILED,
                action.verb(),
                action.thing(),
                "Milvus says: " + reason,
                "Look into the log of the Milvus at " + config.display() + ".");
    }

    /** The server answered, with more than this process takes. */
    MigratorException tooLarge(Action action, LargeAnswerException fault) {
        return MigratorException.unable(
                Failure.SERVER_FAILED,
                action.verb(),
                action.thing(),
                "Milvus at " + config.display() + ": " + fault.getMessage(),
                "Give this process more memory, a quarter of which an answer may have (up to 256 MiB): MIGRATOR_JAVA_OPTS=-Xmx2g,"
                        + " or java -Xmx2g -jar.",
                fault);
    }

    /** Whether the two sides could not agree on TLS; trying again does not help then. */
    static boolean untrusted(StatusRuntimeException fault) {
        for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    private MigratorException denied(Action action, String reason, @Nullable Throwable origin) {
        String who = !config.token().isEmpty()
                ? "with milvus.token"
                : config.user().isEmpty() ? "without a user" : "as user '" + config.user() + "'";
        return MigratorException.unable(
                Failure.DENIED,
                action.verb(),
                action.thing(),
                "Milvus at " + config.display() + " refused it " + who + " (" + reason + ")",
                credentialAdvice(config),
                origin);
    }

    static String credentialAdvice(MilvusConfig config) {
        return config.token().isEmpty()
                ? "Check milvus.user and milvus.password, and the rights of that user."
                : "Check milvus.token (it goes before milvus.user), and the rights of its user.";
    }

    private MigratorException throttled(Action action, String reason, @Nullable Throwable origin) {
        return MigratorException.unable(
                Failure.THROTTLED,
                action.verb(),
                action.thing(),
                "Milvus at " + config.display() + " asks to slow down (" + reason + ")",
                "Run the same command again later, or raise quotaAndLimits in Milvus.",
                origin);
    }

    private MigratorException distrusted(Action action, StatusRuntimeException fault) {
        return MigratorException.unable(
                Failure.UNREACHABLE,
                action.verb(),
                action.thing(),
                "no connection to Milvus at " + config.display() + ": " + TlsFaults.cause(fault),
                TlsFaults.advice(config),
                fault);
    }

    private MigratorException unreachable(Action action, String reason, @Nullable Throwable origin) {
        return MigratorException.unable(
                Failure.UNREACHABLE,
                action.verb(),
                action.thing(),
                "no connection to Milvus at " + config.display() + " (" + reason + ")",
                "Check milvus.address and milvus.port, that Milvus runs there, and milvus.tlsMode.",
                origin);
    }

    private static String text(StatusRuntimeException fault) {
        Throwable deepest = fault;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String description = fault.getStatus().getDescription();
        String text = description == null ? fault.getStatus().getCode().name() : description;
        String root = deepest == fault ? "" : String.valueOf(deepest.getMessage());
        return Answers.line(root.isEmpty() || text.contains(root) ? text : text + ": " + root);
    }
}
