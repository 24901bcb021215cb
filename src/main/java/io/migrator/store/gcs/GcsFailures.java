package io.migrator.store.gcs;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import com.google.cloud.storage.StorageException;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.driver.ClockSkew;
import io.migrator.store.driver.ConnectionFaults;
import io.migrator.store.driver.ForeignAnswer;
import io.migrator.store.driver.ForeignAnswers;
import io.migrator.store.driver.Sentence;
import io.migrator.store.driver.SideKeys;
import io.migrator.store.driver.Verb;
import java.io.IOException;
import java.security.ProviderException;
import java.util.Optional;
import java.util.Set;

/** The one place that turns what the client throws into what a user can act on. */
final class GcsFailures {
    /** How Google words it where the checksum that goes with an upload does not fit its bytes. */
    private static final String DAMAGED = "doesn't match calculated";

    private static final Set<String> RATE = Set.of("rateLimitExceeded", "userRateLimitExceeded", "slowDown");
    private static final String REQUEST_ID = "x-guploader-uploadid";

    private final StorageConfig config;
    private final SideKeys keys;
    private final ConnectionFaults connections;
    private final ForeignAnswers foreign;

    GcsFailures(StorageConfig config) {
        this.config = config;
        this.keys = new SideKeys(config.side());
        this.connections = new ConnectionFaults(config);
        this.foreign = new ForeignAnswers(config);
    }

    /** Bugs, which are runtime exceptions of other kinds, come back as they are. */
    RuntimeException of(Verb verb, String key, Exception fault) {
        if (fault instanceof MigratorException known) {
            return known;
        }
        String thing = config.bucketName() + (key.isEmpty() ? "" : "/" + key);
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof ForeignAnswer e) {
                return foreign.of(verb.toString(), thing, e);
            }
            if (cause instanceof ProviderException none) {
                return connections.withoutCredentials(verb.toString(), thing, none);
            }
        }
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException token && !(cause instanceof GoogleJsonResponseException)) {
                if (isAboutToken(fault)) {
                    return refusedAccount(verb, thing, token, fault);
                }
            }
        }
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            // A reader wraps the answer into an exception of its own, as if the connection had broken.
            if (cause instanceof StorageException answered && answered.getCode() > 0) {
                return answered(verb, thing, answered);
            }
        }
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io && !(cause instanceof HttpResponseException)) {
                return connections.broken(verb.toString(), thing, io, fault);
            }
        }
        return connections.stumbled(verb.toString(), thing, "Google", fault);
    }

    /** Faults of Google's library for credentials are of this kind, and of the storage client's none. */
    private static boolean isAboutToken(Exception fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof Retryable) {
                return true;
            }
        }
        return false;
    }

    private MigratorException refusedAccount(Verb verb, String thing, HttpResponseException token, Exception fault) {
        String cause = "the service account was refused a token (HTTP %d)".formatted(token.getStatusCode());
        Optional<String> skew = skew(token);
        return MigratorException.unable(
                token.getStatusCode() >= 500 ? Failure.UNREACHABLE : Failure.DENIED,
                verb.toString(),
                thing,
                skew.map(told -> told + ", so " + cause).orElse(cause),
                skew.isPresent() ? "Set the clock of this host." : otherAccount(),
                fault);
    }

    /** How another account is chosen. */
    private String otherAccount() {
        return config.useIam()
                ? "Check what GOOGLE_APPLICATION_CREDENTIALS names, else the account of this machine."
                : "Set %s to a valid key.".formatted(keys.key("gcpCredentialJSON"));
    }

    private static Optional<String> skew(HttpResponseException answer) {
        return answer.getHeaders() == null
                ? Optional.empty()
                : ClockSkew.told(answer.getHeaders().getDate());
    }

    private MigratorException answered(Verb verb, String thing, StorageException answer) {
        String text = Sentence.of(String.valueOf(answer.getMessage()));
        Failure failure = text.contains(DAMAGED) ? Failure.CORRUPT : failure(verb, answer);
        boolean bucketMissing = failure == Failure.NOT_FOUND && isAboutBucket(verb, text);
        String cause = bucketMissing
                ? "bucket '%s' does not exist on %s".formatted(config.bucketName(), server())
                : switch (failure) {
                    case NOT_FOUND -> "the object does not exist";
                    case DENIED -> "access denied: " + text;
                    default -> "%s answered HTTP %d %s".formatted(server(), answer.getCode(), text);
                };
        String advice = bucketMissing
                ? "Set %s to an existing bucket.".formatted(config.side().bucketKey())
                : advice(failure);
        return MigratorException.unable(
                failure,
                verb.toString(),
                thing,
                requestId(answer).map(id -> cause + " (request id " + id + ")").orElse(cause),
                advice,
                answer);
    }

    /** Google answers 404 with one reason for both; only the text of the answer tells them apart where an object was asked for. */
    private static boolean isAboutBucket(Verb verb, String text) {
        return verb == Verb.LIST || verb == Verb.WRITE || text.contains("bucket does not exist");
    }

    private static Failure failure(Verb verb, StorageException answer) {
        // Google refuses some that are too many with 403.
        if (answer.getCode() == 429 || answer.getCode() == 503 || RATE.contains(String.valueOf(answer.getReason()))) {
            return Failure.THROTTLED;
        }
        boolean conflict = answer.getCode() == 409 || answer.getCode() == 412;
        return conflict && verb != Verb.WRITE ? Failure.SOURCE_CHANGED : ForeignAnswers.failure(answer.getCode());
    }

    private static Optional<String> requestId(StorageException answer) {
        for (Throwable cause = answer; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException http && http.getHeaders() != null) {
                return Optional.ofNullable(http.getHeaders().getFirstHeaderStringValue(REQUEST_ID));
            }
        }
        return Optional.empty();
    }

    private String advice(Failure failure) {
        return switch (failure) {
            case DENIED ->
                "Grant the service account roles/storage.objectAdmin on the bucket, or use one that has it: "
                        + otherAccount();
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
