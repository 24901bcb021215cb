package io.migrator.retention.rules;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A backup that may stay or go.
 *
 * @param runId of the run that made it; empty where that is not known
 * @param dataOf the moment of which it has the rows, or its making began; null where nothing tells
 * @param held why users keep it; empty where they do not
 * @param bytes of its binlogs
 * @param source the Milvus it is of; empty where that is not known
 * @param selection what was asked for
 * @param collections with their databases, and the ids that Milvus gave them; no id that is not positive tells anything
 * @param cluster tells it from others of the same source that are another Milvus'; empty where there are none
 * @param whole whether it has all rows of its collections, as far as anything tells
 */
public record Candidate(
        String name,
        String runId,
        @Nullable Instant dataOf,
        State state,
        String held,
        long bytes,
        String source,
        String selection,
        String series,
        List<String> tags,
        Map<String, Long> collections,
        String cluster,
        boolean whole) {
    public Candidate {
        tags = List.copyOf(tags);
        collections = Map.copyOf(collections);
    }

    /** What a backup is good for. */
    public enum State {
        COMPLETE,
        PARTIAL,
        DAMAGED,
        /** Being made, or left so. */
        INCOMPLETE,
        /** Its deletion was begun. */
        DELETING
    }

    /** The same backup, of that cluster. */
    Candidate of(String newCluster) {
        return new Candidate(
                name,
                runId,
                dataOf,
                state,
                held,
                bytes,
                source,
                selection,
                series,
                tags,
                collections,
                newCluster,
                whole);
    }

    /** Whether there is something in it to be restored. */
    public boolean restorable() {
        return state == State.COMPLETE || state == State.PARTIAL;
    }

    /** When what it has was so; before all others where nothing tells. */
    public Instant moment() {
        return dataOf == null ? Instant.MIN : dataOf;
    }

    /** Whether it has all that was asked for, and tells of when. */
    public boolean good() {
        return state == State.COMPLETE && dataOf != null;
    }
}
