package io.migrator.lease;

import io.migrator.batch.ThisProcess;
import io.migrator.format.own.Lease;
import java.time.Instant;
import java.util.UUID;

/**
 * Who wants a lease.
 *
 * @param id of the run: a lease of the same run is its own, left by a process that is proven dead
 * @param job what the run does
 */
public record LeaseHolder(String id, String job, ThisProcess process, ProcessMark mark) {
    /** This process, doing that job. */
    public static LeaseHolder of(String id, String job) {
        return new LeaseHolder(id, job, ThisProcess.look(), ProcessMark.look());
    }

    Lease lease(LeaseTerms terms) {
        Instant now = Instant.now();
        return new Lease(
                id,
                UUID.randomUUID().toString(),
                job,
                process.version(),
                process.host(),
                process.pid(),
                mark.machine(),
                mark.start(),
                0,
                now,
                now,
                terms.interval().toMillis(),
                false);
    }

    /** Another's run, for a user. */
    static String describe(Lease other) {
        return other.host().isEmpty()
                ? "a run that cannot be named, because its lease is damaged"
                : "a %s run on %s (pid %d) since %s".formatted(other.job(), other.host(), other.pid(), other.takenAt());
    }
}
