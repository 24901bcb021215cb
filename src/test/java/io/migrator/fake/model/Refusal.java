package io.migrator.fake.model;

import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.Status;

/** A call that the server answers with a status other than OK. Numbers and old codes are those of Milvus' merr package. */
@SuppressWarnings("deprecation") // Milvus 2.2 fills nothing but the old code
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final ErrorCode oldCode;

    public Refusal(int code, ErrorCode oldCode, String reason) {
        super(reason);
        this.code = code;
        this.oldCode = oldCode;
    }

    public static Refusal notReady() {
        return new Refusal(1, ErrorCode.NotReadyServe, "service not ready[standalone]: Initializing");
    }

    public static Refusal rateLimit(double rate) {
        return new Refusal(
                8,
                ErrorCode.RateLimit,
                "request is rejected by grpc RateLimiter middleware, please retry later: rate limit exceeded[rate="
                        + rate + "]");
    }

    public static Refusal noCollection(String database, Object collection) {
        return new Refusal(
                100,
                ErrorCode.UnexpectedError,
                "can't find collection[database=" + database + "][collection=" + collection + "]");
    }

    public static Refusal notLoaded(String collection) {
        return new Refusal(101, ErrorCode.UnexpectedError, "collection not loaded[collection=" + collection + "]");
    }

    public static Refusal noPartition(String partition) {
        return new Refusal(200, ErrorCode.UnexpectedError, "partition not found[partition=" + partition + "]");
    }

    public static Refusal noSegment(Object segment) {
        return new Refusal(600, ErrorCode.SegmentNotFound, "segment not found[segment=" + segment + "]");
    }

    public static Refusal noIndex(String collection) {
        return new Refusal(700, ErrorCode.IndexNotExist, "index not found[collection=" + collection + "]");
    }

    public static Refusal noDatabase(String database) {
        return new Refusal(800, ErrorCode.UnexpectedError, "database not found[database=" + database + "]");
    }

    /** An argument that cannot be; the usual answer of a check that fails. */
    public static Refusal invalid(String reason) {
        return new Refusal(1100, ErrorCode.IllegalArgument, reason + ": invalid parameter");
    }

    public static Refusal noAlias(String database, String alias) {
        return new Refusal(
                1600, ErrorCode.UnexpectedError, "alias not found[database=" + database + "][alias=" + alias + "]");
    }

    public static Refusal denied(String reason) {
        return new Refusal(1401, ErrorCode.PermissionDenied, reason);
    }

    /** An error that has no number of its own. */
    public static Refusal unexpected(String reason) {
        return new Refusal(65535, ErrorCode.UnexpectedError, reason);
    }

    public int code() {
        return code;
    }

    /** As the release writes it: 2.2 fills the old code only, and later ones both. */
    public Status status(Release release) {
        Status.Builder status = Status.newBuilder().setErrorCode(oldCode).setReason(String.valueOf(getMessage()));
        if (release.newStatusCodes()) {
            status.setCode(code).setRetriable(code == 1 || code == 8);
        }
        return status.build();
    }
}
