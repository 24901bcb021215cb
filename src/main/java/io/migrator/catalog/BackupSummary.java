package io.migrator.catalog;

import io.migrator.format.own.HoldNote;
import io.migrator.format.own.Marker;
import io.migrator.format.own.RunRecord;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A line of the list of backups.
 *
 * @param kind where its logs lie
 * @param reason why it is not complete, or what is damaged; empty where it is whole
 * @param size bytes of its binlogs; 0 where that is not known
 * @param created when it was finished; null where it is not complete or milvus-backup made it, which does not tell
 * @param collections number of collections, where it is known without reading the whole meta
 * @param madeBy {@code migrator <version>} or {@code milvus-backup}
 * @param hold that it is to stay; null where nobody said so
 * @param run how migrator made it; null where that is not known
 * @param worker who works on it now, as far as can be told; null where nobody seems to
 * @param marker who is making or deleting it, or was; null where nobody is, or it cannot be read
 */
public record BackupSummary(
        String name,
        Kind kind,
        State state,
        String reason,
        long size,
        @Nullable Instant created,
        OptionalInt collections,
        String madeBy,
        @Nullable String milvusVersion,
        @Nullable HoldNote hold,
        @Nullable RunRecord run,
        @Nullable Marker marker,
        @Nullable Worker worker) {
    /**
     * A run that makes or deletes a backup.
     *
     * @param job what it does
     */
    public record Worker(String host, long pid, Instant since, String job) {
        /** Whether there is one is not known: what would tell cannot be read. */
        public static final Worker UNKNOWN = new Worker("", 0, Instant.EPOCH, "");

        public boolean known() {
            return !equals(UNKNOWN);
        }
    }

    /** Where the logs of a backup lie. */
    public enum Kind {
        /** In its own directory, all of them. */
        FULL,
        /** In units of the pool, which other backups may share. */
        POOL
    }

    /** The same backup, of which a small file that the list does not read turned out to be damaged. */
    public BackupSummary damaged(String cause) {
        return new BackupSummary(
                name,
                kind,
                State.DAMAGED,
                cause,
                size,
                created,
                collections,
                madeBy,
                milvusVersion,
                hold,
                run,
                marker,
                worker);
    }

    /** Bytes that were copied for it; empty where that is not known. */
    public OptionalLong added() {
        if (run != null && run.pool() != null) {
            return OptionalLong.of(run.pool().copied().bytes());
        }
        boolean whole = state == State.COMPLETE || state == State.PARTIAL;
        return kind == Kind.FULL && whole ? OptionalLong.of(size) : OptionalLong.empty();
    }

    /** Whether a backup can be restored. */
    public enum State {
        COMPLETE,
        /** It can be restored, but collections that were asked for are not in it. */
        PARTIAL,
        /** It is being made, its making was interrupted, or its deletion was. */
        INCOMPLETE,
        /** One of the small files cannot be read. */
        DAMAGED
    }
}
