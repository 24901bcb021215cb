package io.migrator.failure;

import java.util.Comparator;

/**
 * Every way a run can end, with the process exit code that schedulers see and whether the same command may succeed when
 * repeated. The numbers are a published contract (docs/schedulers.md): a code not listed there is a failure.
 */
public enum Failure {
    /** A fault the program does not know; most likely a bug. */
    UNCLASSIFIED(1, false),
    /** Unknown or contradictory words on the command line, or a configuration that cannot be used. */
    USAGE(2, false),
    /** The run ended, but some items were skipped or could not be proven. */
    PARTIAL(3, false),
    /** Stopped on request at a safe point. */
    STOPPED(4, true),
    /** A server could not be reached or broke the connection. */
    UNREACHABLE(5, true),
    /** A server kept asking to slow down until the retries were used up. */
    THROTTLED(5, true),
    /** Files of the source vanished while they were copied (compaction or garbage collection); a rerun plans anew. */
    SOURCE_CHANGED(5, true),
    /** What a restore had made was removed, because rows in it could not be told from others; a rerun makes it anew. */
    TARGET_CHANGED(5, true),
    /** Milvus reported that an operation it had accepted failed. */
    SERVER_FAILED(5, true),
    /** A store, or the disk beneath one, has no room; what was written stays, and somebody may make room. */
    NO_ROOM(5, true),
    /** The memory that this process was given was not enough; what was done stays, and less may be left. */
    OUT_OF_MEMORY(5, true),
    /** The run did its work, but its result could not be written to standard output; a rerun tells it. */
    RESULT_UNTOLD(5, true),
    /** The command that {@code hooks.before} names failed, so nothing was begun. */
    HOOK_FAILED(5, true),
    /** The backup, collection or bucket that was named does not exist, or the backup is not complete. */
    NOT_FOUND(10, false),
    /** Another live run works on the same thing. */
    LOCKED(11, true),
    /** Credentials were refused, or lack a right. */
    DENIED(12, false),
    /** The server's version, or this build, cannot do what was asked. */
    UNSUPPORTED(13, false),
    /** The target already holds something else under that name. */
    CONFLICT(14, false),
    /** Data differs from what it must be. */
    CORRUPT(20, false),
    /** What the interrupted run worked on is not the same any more. */
    RESUME_REFUSED(21, false),
    /** The job repository (its database) cannot be used. */
    REPOSITORY(30, true);

    /** Of several failures the last decides: a bug before all that is known, then the higher exit code. */
    public static final Comparator<Failure> BY_GRAVITY = Comparator.<Failure, Boolean>comparing(
                    failure -> failure == UNCLASSIFIED)
            .thenComparing(Failure::exitCode);

    private final int exitCode;
    private final boolean retryHelps;

    Failure(int exitCode, boolean retryHelps) {
        this.exitCode = exitCode;
        this.retryHelps = retryHelps;
    }

    public int exitCode() {
        return exitCode;
    }

    /** Whether running the same command again, with nothing else changed, can succeed. */
    public boolean retryHelps() {
        return retryHelps;
    }
}
