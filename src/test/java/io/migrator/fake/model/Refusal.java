package io.migrator.fake.model;

import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.Status;
import java.util.EnumSet;
import java.util.Set;

/** A call that the server answers with a status other than OK. Numbers and old codes are those of Milvus' merr package. */
@SuppressWarnings("deprecation") // Milvus 2.2 fills nothing but the old code
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int INVALID_PARAMETER = 1100;
    private static final int UNEXPECTED = 65_535;

    /** What a real 2.2.16 does not call UnexpectedError, as far as it was seen or its clients look for it. */
    private static final Set<ErrorCode> KNOWN_IN_22 = EnumSet.of(
            ErrorCode.IndexNotExist,
            ErrorCode.RateLimit,
            ErrorCode.NotReadyServe,
            ErrorCode.PermissionDenied,
            ErrorCode.CreateCredentialFailure,
            ErrorCode.UpdateCredentialFailure,
            ErrorCode.CreateRoleFailure,
            ErrorCode.DropRoleFailure,
            ErrorCode.OperateUserRoleFailure,
            ErrorCode.OperatePrivilegeFailure);

    private final int code;
    private final ErrorCode oldCode;
    private final boolean unnumberedIn23;
    private final String reasonIn22;

    public Refusal(int code, ErrorCode oldCode, String reason) {
        this(code, oldCode, reason, false, reason);
    }

    private Refusal(int code, ErrorCode oldCode, String reason, boolean unnumberedIn23, String reasonIn22) {
        super(reason);
        this.code = code;
        this.oldCode = oldCode;
        this.unnumberedIn23 = unnumberedIn23;
        this.reasonIn22 = reasonIn22;
    }

    /** The same, with the words that 2.2 has for it. */
    public Refusal saidIn22(String words) {
        return new Refusal(code, oldCode, String.valueOf(getMessage()), unnumberedIn23, words);
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
                        "collection not found[database=" + database + "][collection=" + collection + "]")
                .saidIn22("code: UnexpectedError, reason: code: CollectionNotExists, reason: can't find collection "
                        + database + ":" + collection);
    }

    public static Refusal notLoaded(long collection) {
        return new Refusal(101, ErrorCode.UnexpectedError, "collection not loaded[collection=" + collection + "]")
                .saidIn22("collection " + collection + " has not been loaded to memory or load failed");
    }

    public static Refusal noPartition(String partition) {
        return new Refusal(200, ErrorCode.MetaFailed, "partition not found[partition=" + partition + "]")
                .saidIn22("partition is not exist: " + partition);
    }

    public static Refusal noSegment(Object segment) {
        return new Refusal(600, ErrorCode.SegmentNotFound, "segment not found[segment=" + segment + "]");
    }

    public static Refusal noIndex(String collection) {
        return new Refusal(700, ErrorCode.IndexNotExist, "index not found[collection=" + collection + "]");
    }

    public static Refusal noDatabase(String database) {
        return new Refusal(800, ErrorCode.UnexpectedError, "database not found[database=" + database + "]")
                .saidIn22("database:" + database + " not found");
    }

    /** An argument that cannot be. */
    public static Refusal invalid(String reason) {
        return new Refusal(INVALID_PARAMETER, ErrorCode.IllegalArgument, reason + ": invalid parameter")
                .saidIn22(reason);
    }

    /** An argument that cannot be, of a check that gives its refusal no number of its own before 2.4. */
    public static Refusal wrong(String reason) {
        return new Refusal(INVALID_PARAMETER, ErrorCode.IllegalArgument, reason, true, reason);
    }

    public static Refusal noAlias(String database, String alias) {
        return new Refusal(
                        1600,
                        ErrorCode.UnexpectedError,
                        "alias not found[database=" + database + "][alias=" + alias + "]")
                .saidIn22("failed to alter alias, alias does not exist: " + alias);
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
        if (!release.newStatusCodes()) {
            boolean numbered = KNOWN_IN_22.contains(oldCode);
            return Status.newBuilder()
                    .setErrorCode(numbered ? oldCode : ErrorCode.UnexpectedError)
                    .setReason(reasonIn22)
                    .build();
        }
        String reason = String.valueOf(getMessage());
        if (!unnumberedIn23) {
            return status(code, oldCode, reason);
        }
        return release.atLeast(2, 4, 0)
                ? status(code, oldCode, reason + ": invalid parameter")
                : status(UNEXPECTED, ErrorCode.UnexpectedError, reason);
    }

    private static Status status(int code, ErrorCode oldCode, String reason) {
        return Status.newBuilder()
                .setErrorCode(oldCode)
                .setReason(reason)
                .setCode(code)
                .setDetail(reason)
                .setRetriable(code == 1 || code == 8)
                .build();
    }
}
