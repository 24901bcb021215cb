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
 * @param label what its scheduler calls the run; empty where it calls it nothing
 */
public record LeaseHolder(String id, String job, ThisProcess process, ProcessMark mark, String label) {
    /** One that no scheduler names. */
    public LeaseHolder(String id, String job, ThisProcess process, ProcessMark mark) {
        this(id, job, process, mark, "");
    }

    /** This process, doing that job. */
    public static LeaseHolder of(String id, String job) {
        return of(id, job, "");
    }

    /** The same in a run that its scheduler calls so. */
    public static LeaseHolder of(String id, String job, String label) {
        return new LeaseHolder(id, job, ThisProcess.look(), ProcessMark.look(), label);
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
                false,
                label.isEmpty() ? null : label);
    }

    /** Another's run, for a user. */
    static String describe(Lease other) {
        if (other.host().isEmpty()) {
            return "a run that cannot be named, because its lease is damaged";
        }
        String label = other.label() == null ? "" : ", called '%s'".formatted(other.label());
        return "a %s run on %s (pid %d) since %s%s"
                .formatted(other.job(), other.host(), other.pid(), other.takenAt(), label);
    }
}
