package io.migrator.milvus.calls;

import io.migrator.failure.KnownSecrets;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.Status;
import java.util.regex.Pattern;

/**
 * Reads the status that every answer carries. 2.2 sets the old code only, 2.3 and later both; the numbers are those of
 * Milvus' {@code pkg/util/merr}.
 */
@SuppressWarnings("deprecation") // Milvus 2.2 fills nothing but the old code
public final class Answers {
    private static final int SERVICE_NOT_READY = 1;
    private static final int RATE_LIMIT = 8;
    private static final int COLLECTION_NOT_FOUND = 100;
    private static final int SEGMENT_NOT_FOUND = 600;
    private static final int NODE_NOT_FOUND = 901;
    private static final int INDEX_NOT_FOUND = 700;
    private static final int DATABASE_NOT_FOUND = 800;
    private static final int NOT_AUTHENTICATED = 1400;
    private static final int NOT_PERMITTED = 1401;

    private static final int LONGEST_REASON = 400;
    /** Of a text that may have mebibytes no more is looked at. */
    private static final int READ = 16 << 10;

    /** Milvus puts the frames of its own source before or behind what went wrong. */
    private static final Pattern STACK_TRACE =
            Pattern.compile("(?:stack trace: )?(?:/go/[^\\s:]++:\\d++ \\S++ ?)++:? ?");

    private Answers() {}

    public static boolean ok(Status status) {
        return status.getCode() == 0 && status.getErrorCode() == ErrorCode.Success;
    }

    static boolean throttled(Status status) {
        return status.getCode() == RATE_LIMIT || status.getErrorCode() == ErrorCode.RateLimit;
    }

    static boolean notReady(Status status) {
        return status.getCode() == SERVICE_NOT_READY || status.getErrorCode() == ErrorCode.NotReadyServe;
    }

    /**
     * After an unclean restart the coordinators look for nodes of before for some seconds. Unlike a server that is not
     * ready they may have begun what they were asked for.
     */
    static boolean nodeMissing(Status status) {
        return status.getCode() == NODE_NOT_FOUND || (!ok(status) && Wording.NO_NODE.in(status.getReason()));
    }

    static boolean denied(Status status) {
        return status.getCode() == NOT_AUTHENTICATED
                || status.getCode() == NOT_PERMITTED
                || status.getErrorCode() == ErrorCode.PermissionDenied;
    }

    public static boolean noCollection(Status status) {
        return status.getCode() == COLLECTION_NOT_FOUND
                || status.getErrorCode() == ErrorCode.CollectionNotExists
                || Wording.NO_COLLECTION.in(status.getReason());
    }

    public static boolean noDatabase(Status status) {
        return status.getCode() == DATABASE_NOT_FOUND || Wording.NO_DATABASE.in(status.getReason());
    }

    public static boolean noIndex(Status status) {
        return status.getCode() == INDEX_NOT_FOUND || status.getErrorCode() == ErrorCode.IndexNotExist;
    }

    /** Another index is on the field. */
    public static boolean indexDiffers(Status status) {
        return Wording.OTHER_INDEX.in(status.getReason());
    }

    /** A collection of that name is there. */
    public static boolean collectionExists(Status status) {
        return Wording.COLLECTION_EXISTS.in(status.getReason());
    }

    public static boolean noSegment(Status status) {
        return status.getCode() == SEGMENT_NOT_FOUND || Wording.NO_SEGMENT.in(status.getReason());
    }

    /** Asked for an import job that the server never had or has forgotten: etcd key in 2.3, job in 2.4 and later. */
    public static boolean noImport(Status status) {
        return !ok(status)
                && (Wording.NO_ETCD_KEY.in(status.getReason()) || Wording.NO_IMPORT_JOB.in(status.getReason()));
    }

    /** The reason in one readable line, without the full stop that a message puts behind it. */
    public static String reason(Status status) {
        String text = status.getReason().isBlank() ? status.getErrorCode().toString() : status.getReason();
        String line = STACK_TRACE.matcher(begin(text).replaceAll("\\s+", " ")).replaceAll("");
        return line(line.isBlank() ? status.getErrorCode().toString() : line);
    }

    /** What a server said as one line of bounded length, without the full stop that a message puts behind it. */
    public static String line(String text) {
        String known = begin(text).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        String cut = known.length() > LONGEST_REASON ? known.substring(0, LONGEST_REASON) + " ..." : known;
        return cut.replaceAll("\\.$", "");
    }

    private static String begin(String text) {
        return KnownSecrets.ofThisProcess().begin(text.strip(), READ);
    }
}
