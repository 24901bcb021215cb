package io.migrator.store.s3;

import io.migrator.config.Encryption;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.driver.ConnectionFaults;
import io.migrator.store.driver.ForeignAnswer;
import io.migrator.store.driver.ForeignAnswers;
import io.migrator.store.driver.Retry;
import io.migrator.store.driver.SideKeys;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import io.minio.errors.XmlParserException;
import java.io.IOException;
import java.security.ProviderException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one place that turns what the client throws into what a user can act on. */
final class S3Failures {
    private static final Pattern REQUEST_ID =
            Pattern.compile("^x-amz-request-id: *(\\S+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private final StorageConfig config;
    private final SideKeys keys;
    private final ConnectionFaults connections;
    private final ForeignAnswers foreign;
    private final String server;

    S3Failures(StorageConfig config) {
        this.config = config;
        this.keys = new SideKeys(config.side());
        this.connections = new ConnectionFaults(config);
        this.foreign = new ForeignAnswers(config);
        this.server = config.address() + ":" + config.port();
    }

    /** Bugs, which are runtime exceptions of other kinds, come back as they are. */
    RuntimeException of(Operation operation, Throwable thrown) {
        Throwable fault = Retry.unwrapped(thrown);
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProviderException none) {
                return connections.withoutCredentials(operation.verb(), operation.thing(), none);
            }
        }
        if (fault instanceof RuntimeException known) {
            return known;
        }
        if (fault instanceof Error) {
            // Above all memory that was used up on a thread of the client: it ends the run, not the thread alone.
            return new IllegalStateException(fault);
        }
        if (fault instanceof ForeignAnswer e) {
            return foreign.of(operation.verb(), operation.thing(), e);
        }
        if (fault instanceof ErrorResponseException e) {
            return answered(operation, S3Answer.of(e), e);
        }
        if (fault instanceof ServerException e) {
            return answered(operation, S3Answer.ofStatus(e.statusCode(), requestId(e)), e);
        }
        if (fault instanceof XmlParserException || fault instanceof InvalidResponseException) {
            return notS3(operation, fault);
        }
        return connections.broken(
                operation.verb(), operation.thing(), ioCause(fault).orElse(null), fault);
    }

    /** The same where a request was sent: what the client stumbles over then is the answer. */
    RuntimeException ofAnswer(Operation operation, Throwable thrown) {
        RuntimeException fault = of(operation, thrown);
        boolean stumbled = !(fault instanceof MigratorException) && !(fault.getCause() instanceof Error);
        return stumbled ? notS3(operation, fault) : fault;
    }

    private MigratorException notS3(Operation operation, Throwable fault) {
        return unable(
                Failure.UNREACHABLE,
                operation,
                "the answer of " + server + " is not what S3 sends",
                "Check that %s and %s name an S3 endpoint."
                        .formatted(config.side().addressKey(), keys.key("port")),
                fault);
    }

    /** Such an answer has no body to tell it; the client kept its headers as text. */
    private static String requestId(MinioException answer) {
        Matcher header = REQUEST_ID.matcher(String.valueOf(answer.httpTrace()));
        return header.find() ? header.group(1) : "";
    }

    /** What one object of a request for many was answered. */
    RuntimeException of(Operation operation, String code, String message) {
        return answered(operation, new S3Answer(0, code, message, "", ""), null);
    }

    private static Optional<IOException> ioCause(Throwable fault) {
        Throwable cause = fault;
        while (cause instanceof MinioException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof IOException io ? Optional.of(io) : Optional.empty();
    }

    private MigratorException answered(Operation operation, S3Answer answer, @Nullable Throwable fault) {
        Failure failure = answer.failure(operation);
        return unable(failure, operation, cause(failure, operation, answer), advice(failure, operation, answer), fault);
    }

    private String cause(Failure failure, Operation operation, S3Answer answer) {
        String cause =
                switch (answer.code()) {
                    case "NoSuchBucket" -> missingBucket(operation) + " does not exist on " + server;
                    case "NoSuchKey" -> "the object does not exist";
                    case "InvalidAccessKeyId" -> "the access key is unknown to " + server;
                    case "SignatureDoesNotMatch" ->
                        "%s reckons another signature than this host did: the secret key does not fit the access key, or what"
                                        .formatted(server)
                                + " stands between changes requests, such as a proxy that sends another Host on";
                    case "InvalidToken", "InvalidTokenId", "ExpiredToken", "ExpiredTokenException" ->
                        "the session token is not valid, or no more";
                    case "RequestTimeTooSkewed" ->
                        "the clocks of this host and of %s differ too much".formatted(server);
                    default ->
                        failure == Failure.DENIED
                                ? "access denied, the access key lacks " + operation.right()
                                : "%s answered %s".formatted(server, answer.text());
                };
        return answer.requestId().isEmpty() ? cause : cause + " (request id " + answer.requestId() + ")";
    }

    private String advice(Failure failure, Operation operation, S3Answer answer) {
        return switch (answer.code()) {
            case "NoSuchBucket", "InvalidBucketName" ->
                isAmongTwo(operation)
                        ? "Check %s and %s."
                                .formatted(StorageConfig.Side.MILVUS.bucketKey(), StorageConfig.Side.VAULT.bucketKey())
                        : "Set %s to an existing bucket."
                                .formatted(config.side().bucketKey());
            case "InvalidAccessKeyId" -> "Set %s.".formatted(config.side().accessKeyKey());
            case "SignatureDoesNotMatch" ->
                "Set %s; behind a proxy let it pass the header Host on as it came (nginx: proxy_set_header Host $http_host), or set %s to the store itself."
                        .formatted(keys.key("secretAccessKey"), config.side().addressKey());
            case "InvalidToken", "InvalidTokenId", "ExpiredToken", "ExpiredTokenException" ->
                "Set %s to a valid session token.".formatted(keys.key("token"));
            case "RequestTimeTooSkewed" -> "Set the clock of this host.";
            case "KMS.NotFoundException", "KMS.DisabledException", "KMS.KMSInvalidStateException", "kms:KeyNotFound" ->
                "Check %s, or the bucket's own key where that is not set.".formatted(keys.key("sseKmsKeyId"));
            case "InvalidObjectName",
                    "XMinioInvalidObjectName",
                    "XMinioObjectNameTooLong",
                    "KeyTooLongError",
                    "InvalidURI",
                    "XMinioParentIsObject" ->
                "The server does not take this name: check %s and the names that make it up."
                        .formatted(config.side().rootPathKey());
            case "AuthorizationHeaderMalformed",
                    "PermanentRedirect",
                    "TemporaryRedirect",
                    "Redirect",
                    "IllegalLocationConstraintException" ->
                answer.region().isEmpty()
                        ? "Set %s to the region of the bucket.".formatted(keys.key("region"))
                        : "Set %s to '%s'.".formatted(keys.key("region"), answer.region());
            default ->
                switch (failure) {
                    case DENIED ->
                        "Grant it, or set %s to a key that has it%s. The server's words: %s."
                                .formatted(config.side().accessKeyKey(), encryptionOf(operation), answer.text());
                    case THROTTLED ->
                        "Run the same command again with a smaller in-flight, or with max-requests-per-second.";
                    case UNREACHABLE -> "Run the same command again once the server works.";
                    case NO_ROOM -> "Make room there.";
                    case SOURCE_CHANGED -> "Run the same command again.";
                    case CORRUPT -> "Something on the way to the store changes bytes; run the same command again.";
                    default ->
                        "Check %s and %s."
                                .formatted(
                                        config.side().addressKey(),
                                        config.side().bucketKey());
                };
        };
    }

    /** What else may be behind a write that is denied; to Milvus' own bucket nothing is said of encryption. */
    private String encryptionOf(Operation operation) {
        if (!operation.writes() || config.side() == StorageConfig.Side.MILVUS) {
            return "";
        }
        Encryption wanted = config.encryption();
        if (!wanted.wanted()) {
            return "; where a policy demands that writes name their encryption, set " + keys.key("sse");
        }
        return wanted.byKms() ? "; the key of KMS it needs kms:GenerateDataKey and kms:Decrypt for" : "";
    }

    /** For a copy the answer does not tell for sure which one: MinIO names the source where the target is missing. */
    private String missingBucket(Operation operation) {
        return isAmongTwo(operation)
                ? "bucket '%s' or bucket '%s'".formatted(operation.bucket(), config.bucketName())
                : "bucket '%s'".formatted(config.bucketName());
    }

    private boolean isAmongTwo(Operation operation) {
        return !operation.bucket().equals(config.bucketName());
    }

    private static MigratorException unable(
            Failure failure, Operation operation, String cause, String advice, @Nullable Throwable fault) {
        return MigratorException.unable(failure, operation.verb(), operation.thing(), cause, advice, fault);
    }
}
