package io.migrator.fake.model;

import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.Status;

/** A call that the server answers with a status other than OK. Numbers and old codes are those of Milvus' merr package. */
@SuppressWarnings("deprecation") // Milvus 2.2 fills nothing but the old code
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int INVALID_PARAMETER = 1100;
    private static final int UNEXPECTED = 65_535;

    private final int code;
    private final ErrorCode oldCode;
    private final boolean unnumberedIn23;

    public Refusal(int code, ErrorCode oldCode, String reason) {
        this(code, oldCode, reason, false);
    }

    private Refusal(int code, ErrorCode oldCode, String reason, boolean unnumberedIn23) {
        super(reason);
        this.code = code;
        this.oldCode = oldCode;
        this.unnumberedIn23 = unnumberedIn23;
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
                ErrorCode.CollectionNotExists,
                "collection not found[database=" + database + "][collection=" + collection + "]");
    }

    public static Refusal notLoaded(String collection) {
        return new Refusal(101, ErrorCode.UnexpectedError, "collection not loaded[collection=" + collection + "]");
    }

    public static Refusal noPartition(String partition) {
        return new Refusal(200, ErrorCode.MetaFailed, "partition not found[partition=" + partition + "]");
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

    /** An argument that cannot be. */
    public static Refusal invalid(String reason) {
        return new Refusal(INVALID_PARAMETER, ErrorCode.IllegalArgument, reason + ": invalid parameter");
    }

    /** An argument that cannot be, of a check that gives its refusal no number of its own before 2.4. */
    public static Refusal wrong(String reason) {
        return new Refusal(INVALID_PARAMETER, ErrorCode.IllegalArgument, reason, true);
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
        return new Refusal(UNEXPECTED, ErrorCode.UnexpectedError, reason);
    }

    public int code() {
        return code;
    }

    /** As the release writes it: 2.2 fills the old code only, and later ones both. */
    public Status status(Release release) {
        String reason = String.valueOf(getMessage());
        if (!unnumberedIn23) {
            return status(release, code, oldCode, reason);
        }
        return release.atLeast(2, 4, 0)
                ? status(release, code, oldCode, reason + ": invalid parameter")
                : status(release, UNEXPECTED, ErrorCode.UnexpectedError, reason);
    }

    private static Status status(Release release, int code, ErrorCode oldCode, String reason) {
        Status.Builder status = Status.newBuilder().setErrorCode(oldCode).setReason(reason);
        if (release.newStatusCodes()) {
            status.setCode(code).setDetail(reason).setRetriable(code == 1 || code == 8);
        }
        return status.build();
    }
}
