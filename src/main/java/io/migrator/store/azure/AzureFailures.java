package io.migrator.store.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.storage.blob.models.BlobStorageException;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.driver.ClockSkew;
import io.migrator.store.driver.ConnectionFaults;
import io.migrator.store.driver.ForeignAnswer;
import io.migrator.store.driver.ForeignAnswers;
import io.migrator.store.driver.SideKeys;
import io.migrator.store.driver.Verb;
import io.migrator.store.token.TokenFault;
import java.io.IOException;
import java.security.ProviderException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one place that turns what the client throws into what a user can act on. */
final class AzureFailures {
    private static final HttpHeaderName REQUEST_ID = HttpHeaderName.fromString("x-ms-request-id");
    private static final HttpHeaderName ERROR_CODE = HttpHeaderName.fromString("x-ms-error-code");

    private final StorageConfig config;
    private final SideKeys keys;
    private final ConnectionFaults connections;
    private final ForeignAnswers foreign;

    AzureFailures(StorageConfig config) {
        this.config = config;
        this.keys = new SideKeys(config.side());
        this.connections = new ConnectionFaults(config);
        this.foreign = new ForeignAnswers(config);
    }

    /** Bugs, which are runtime exceptions of other kinds, come back as they are. */
    RuntimeException of(Verb verb, String key, RuntimeException fault) {
        if (fault instanceof MigratorException) {
            return fault;
        }
        String thing = config.bucketName() + (key.isEmpty() ? "" : "/" + key);
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof ForeignAnswer e) {
                return foreign.of(verb.toString(), thing, e);
            }
            if (cause instanceof ProviderException none) {
                return connections.withoutCredentials(verb.toString(), thing, none);
            }
            if (cause instanceof TokenFault token) {
                return connections.withoutCredentials(
                        verb.toString(), thing, new ProviderException(String.valueOf(token.getMessage()), token));
            }
            if (cause instanceof BlobStorageException answered) {
                return answered(verb, thing, answered);
            }
            if (cause instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                return MigratorException.unable(
                        Failure.STOPPED,
                        verb.toString(),
                        thing,
                        "interrupted",
                        "Run the same command again to go on.",
                        fault);
            }
            if (cause instanceof IOException io) {
                return connections.broken(verb.toString(), thing, io, fault);
            }
        }
        return connections.stumbled(verb.toString(), thing, "Azure", fault);
    }

    private MigratorException answered(Verb verb, String thing, BlobStorageException answer) {
        String code = code(answer);
        Failure failure = failure(verb, code, answer.getStatusCode());
        String cause = cause(failure, code, answer);
        String advice = advice(failure, code);
        Optional<String> skew =
                failure == Failure.DENIED ? ClockSkew.told(header(answer, HttpHeaderName.DATE)) : Optional.empty();
        if (skew.isPresent()) {
            cause = skew.get() + ", so " + cause;
            advice = "Set the clock of this host.";
        }
        String requestId = text(header(answer, REQUEST_ID));
        String told = requestId.isEmpty() ? cause : cause + " (request id " + requestId + ")";
        return MigratorException.unable(failure, verb.toString(), thing, told, advice, answer);
    }

    /** Answers to HEAD have no body, only the header. */
    private static String code(BlobStorageException answer) {
        if (answer.getErrorCode() != null) {
            return answer.getErrorCode().toString();
        }
        return text(header(answer, ERROR_CODE));
    }

    private static @Nullable String header(BlobStorageException answer, HttpHeaderName name) {
        return answer.getResponse() == null ? null : answer.getResponse().getHeaderValue(name);
    }

    private static String text(@Nullable String orNull) {
        return Optional.ofNullable(orNull).orElse("");
    }

    private static Failure failure(Verb verb, String code, int status) {
        return switch (code) {
            case "ServerBusy" -> Failure.THROTTLED;
            case "Md5Mismatch" -> Failure.CORRUPT;
            case "ContainerNotFound", "BlobNotFound", "ResourceNotFound" -> Failure.NOT_FOUND;
            case "InvalidResourceName", "InvalidUri" -> Failure.USAGE;
            case "ConditionNotMet", "SourceConditionNotMet", "TargetConditionNotMet" ->
                verb == Verb.WRITE ? Failure.CONFLICT : Failure.SOURCE_CHANGED;
            case "ContainerBeingDeleted", "OperationTimedOut", "InternalError" -> Failure.UNREACHABLE;
            default -> ForeignAnswers.failure(status);
        };
    }

    private String cause(Failure failure, String code, BlobStorageException answer) {
        return switch (code) {
            case "ContainerNotFound" -> "container '%s' does not exist on %s".formatted(config.bucketName(), server());
            case "BlobNotFound" -> "the object does not exist";
            case "AuthenticationFailed", "InvalidAuthenticationInfo" ->
                "the credentials do not fit the account '%s'"
                        .formatted(config.accessKeyId().reveal());
            case "AuthorizationPermissionMismatch", "AuthorizationServiceMismatch" ->
                "access denied, the credentials lack the permission";
            default ->
                failure == Failure.DENIED && code.isEmpty()
                        ? "access denied"
                        : "%s answered HTTP %d %s"
                                .formatted(server(), answer.getStatusCode(), code)
                                .strip();
        };
    }

    private String advice(Failure failure, String code) {
        if (code.equals("ContainerNotFound") || code.equals("InvalidResourceName")) {
            return "Set %s to an existing container.".formatted(config.side().bucketKey());
        }
        return switch (failure) {
            case DENIED ->
                config.useIam()
                        ? "Give the identity the role Storage Blob Data Contributor on the container."
                        : "Set %s and %s, or %s to a valid shared access signature."
                                .formatted(
                                        config.side().accessKeyKey(), keys.key("secretAccessKey"), keys.key("token"));
            case THROTTLED -> "Run the same command again with a smaller in-flight, or with max-requests-per-second.";
            case UNREACHABLE -> "Run the same command again once the server works.";
            case SOURCE_CHANGED -> "Run the same command again.";
            case CORRUPT -> "Something on the way to the store changes bytes; run the same command again.";
            default ->
                "Check %s and %s."
                        .formatted(config.side().addressKey(), config.side().bucketKey());
        };
    }

    private String server() {
        return config.address() + ":" + config.port();
    }
}
