package io.migrator.store.s3;

import io.migrator.failure.Failure;
import io.migrator.store.driver.ForeignAnswers;
import io.migrator.store.driver.Sentence;
import io.minio.errors.ErrorResponseException;
import io.minio.messages.ErrorResponse;
import java.util.Optional;
import java.util.Set;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * An error answer of a server that speaks S3.
 *
 * @param status HTTP status, 0 where it is not known
 * @param code S3's word, may be empty
 * @param region where the server says the bucket is, may be empty
 */
record S3Answer(int status, String code, String message, String requestId, String region) {
    private static final Set<String> SLOW_DOWN = Set.of(
            "SlowDown",
            "SlowDownRead",
            "SlowDownWrite",
            "Throttling",
            "ThrottlingException",
            "RequestLimitExceeded",
            "RequestThrottled",
            "TooManyRequests");
    private static final Set<String> PASSING =
            Set.of("RequestTimeout", "InternalError", "OperationAborted", "NoSuchUpload");
    private static final Set<String> FULL = Set.of(
            "XMinioStorageFull",
            "XMinioAdminBucketQuotaExceeded",
            "QuotaExceeded",
            "InsufficientStorage",
            "NotEnoughSpace");
    private static final Set<String> CREDENTIALS = Set.of(
            "AccessDenied",
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "InvalidToken",
            "InvalidTokenId",
            "ExpiredToken",
            "ExpiredTokenException",
            "RequestTimeTooSkewed");
    private static final Set<String> REGION = Set.of(
            "AuthorizationHeaderMalformed",
            "PermanentRedirect",
            "TemporaryRedirect",
            "Redirect",
            "IllegalLocationConstraintException");
    /** Of the key that the server is to encrypt by, or that it encrypted by. */
    private static final Set<String> KMS_KEY =
            Set.of("KMS.NotFoundException", "KMS.DisabledException", "KMS.KMSInvalidStateException", "kms:KeyNotFound");

    /** Names that the server does not take, of buckets and of objects. */
    private static final Set<String> NAMES = Set.of(
            "InvalidBucketName",
            "InvalidObjectName",
            "XMinioInvalidObjectName",
            "XMinioObjectNameTooLong",
            "KeyTooLongError",
            "InvalidURI",
            "XMinioParentIsObject");

    private static final Set<String> DAMAGED =
            Set.of("BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch");

    static S3Answer of(ErrorResponseException e) {
        ErrorResponse error = e.errorResponse();
        Response response = e.response();
        return new S3Answer(
                response.code(),
                text(error.code()),
                text(error.message()),
                text(error.requestId()),
                text(response.header("x-amz-bucket-region")));
    }

    /** An answer without S3's words. */
    static S3Answer ofStatus(int status, String requestId) {
        return new S3Answer(status, "", "", requestId, "");
    }

    private static String text(@Nullable String orNull) {
        return Optional.ofNullable(orNull).orElse("");
    }

    Failure failure(Operation operation) {
        if (SLOW_DOWN.contains(code) || status == 429 || isBusyProxy()) {
            return Failure.THROTTLED;
        }
        if (DAMAGED.contains(code)) {
            return Failure.CORRUPT;
        }
        if (FULL.contains(code)) {
            return Failure.NO_ROOM;
        }
        if (CREDENTIALS.contains(code)) {
            return Failure.DENIED;
        }
        if (REGION.contains(code) || NAMES.contains(code) || KMS_KEY.contains(code)) {
            return Failure.USAGE;
        }
        if (PASSING.contains(code)) {
            return Failure.UNREACHABLE;
        }
        return switch (code) {
            case "NoSuchKey", "NoSuchBucket" -> Failure.NOT_FOUND;
            case "NotImplemented", "MethodNotAllowed" -> Failure.UNSUPPORTED;
            case "PreconditionFailed" -> operation.verb().equals("copy") ? Failure.SOURCE_CHANGED : Failure.CONFLICT;
            default -> ofStatus();
        };
    }

    /** What stands before a server refuses without S3's words: 503 is what nginx and HAProxy answer to too many. */
    private boolean isBusyProxy() {
        return status == 503 && (code.isEmpty() || code.equals("ServiceUnavailable"));
    }

    private Failure ofStatus() {
        return status == 0 ? Failure.UNREACHABLE : ForeignAnswers.failure(status);
    }

    /** Status, code and message, as far as they are known. */
    String text() {
        String words = (code + " " + Sentence.of(message)).strip();
        return status == 0 ? words : ("HTTP " + status + " " + words).strip();
    }
}
