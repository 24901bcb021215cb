package io.migrator.launch.postgres;

import java.time.Instant;
import java.util.List;

/**
 * A piece of work that a repository knows.
 *
 * @param name of the work: job, name of the backup, digest
 * @param identity digest of the work
 * @param schema of its tables
 * @param holder who has it, or had it last
 * @param changed when that one began
 * @param executions how often it was begun
 * @param parts what workers tell of the parts that they took, in the last run that they helped
 */
public record KnownRun(
        String name,
        String identity,
        String schema,
        State state,
        String holder,
        Instant changed,
        long executions,
        List<Part> parts) {
    /** How it stands. */
    public enum State {
        RUNNING,
        COMPLETE,
        /** The same command goes on with it. */
        UNFINISHED,
        /** Its tables are another version's, or were never made. */
        UNREADABLE
    }

    /**
     * A part that a worker took.
     *
     * @param part what it covers
     * @param heard when the worker was heard of last
     */
    public record Part(
            String part,
            String worker,
            boolean atWork,
            Instant begun,
            Instant heard,
            int attempts,
            long objects,
            long bytes) {}

    /** The job's word. */
    public String job() {
        return name.substring(0, Math.max(0, name.indexOf('-')));
    }
}
