package io.migrator.vault;

import io.migrator.failure.MigratorException;
import io.migrator.format.own.Marker;
import io.migrator.format.own.RunRecord;

/** What a job makes its backups of, as far as it tells whose a backup of the same name is. */
public interface Origin {
    /** The job, as leases name it. */
    String job();

    /** Its parameter that names the backup. */
    String parameter();

    /** How markers and records name the Milvus. */
    String now();

    /** Whether a complete backup of this very work leaves nothing to do. */
    boolean isDone(RunRecord record);

    /** Whether an unfinished one was begun of something else. */
    boolean differs(Marker marker);

    /** @throws MigratorException CONFLICT where a backup that was written is of something else */
    void require(RunRecord record);

    /** The same, and looks at all that may have changed since. */
    void requireUnchanged(RunRecord record);

    /** @throws MigratorException RESUME_REFUSED where an unfinished one was begun of something else, unless told to go on */
    void require(Marker marker);
}
