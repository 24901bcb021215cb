package io.migrator.format.own;

import io.migrator.format.Copies;
import java.time.Instant;

/**
 * The content of {@code migrator/incomplete.json}: who is making or deleting, or was, the backup it lies in.
 *
 * @param runId id of the run; the same when the run is resumed
 * @param identity what the run works on, as the job repository knows it: only a run of the same identity may go on
 * @param program {@code migrator}
 * @param version version of the program
 * @param host name of the machine
 * @param pid process id on that machine
 * @param startedAt start of the first execution
 * @param source bucket and root path of the Milvus that is backed up; empty in markers of versions that did not tell
 * @param deleting whether the backup is being deleted: whatever else is still there, nothing of it counts any more
 */
public record Marker(
        String runId,
        String identity,
        String program,
        String version,
        String host,
        long pid,
        Instant startedAt,
        String source,
        boolean deleting) {
    public Marker {
        runId = Copies.of(runId);
        identity = Copies.of(identity);
        program = Copies.of(program);
        version = Copies.of(version);
        host = Copies.of(host);
        startedAt = Copies.of(startedAt);
        source = Copies.of(source);
    }

    /** Who it is, and since when, for a user. */
    public String told() {
        return "%s %s by %s process %d".formatted(deleting ? "deletion begun" : "started", startedAt, host, pid);
    }
}
