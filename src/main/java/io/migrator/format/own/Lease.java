package io.migrator.format.own;

import io.migrator.format.Copies;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code migrator/lease.json}: who works on the backup it lies in, renewed as long as that run lives.
 *
 * @param holder id of the run; the same when the run is resumed
 * @param token of this hold alone: a run that is resumed takes another
 * @param job what the run does: {@code backup} or {@code delete}
 * @param version version of the program
 * @param host name of the machine, for people
 * @param pid process id on that machine
 * @param machine what tells the machine, and the container on it, from every other; empty where nothing does
 * @param processStart start of the process in the kernel's ticks since that machine booted, 0 where it is not known
 * @param sequence goes up with every renewal
 * @param takenAt and {@code renewedAt}: by the holder's clock, for people; nobody else judges by them
 * @param intervalMillis how often the holder means to renew it
 * @param released whether the holder ended and is about to remove it
 * @param label what the holder's scheduler calls the run; null where it calls it nothing
 */
public record Lease(
        String holder,
        String token,
        String job,
        String version,
        String host,
        long pid,
        String machine,
        long processStart,
        long sequence,
        Instant takenAt,
        Instant renewedAt,
        long intervalMillis,
        boolean released,
        @Nullable String label) {
    /** One that no scheduler names. */
    public Lease(
            String holder,
            String token,
            String job,
            String version,
            String host,
            long pid,
            String machine,
            long processStart,
            long sequence,
            Instant takenAt,
            Instant renewedAt,
            long intervalMillis,
            boolean released) {
        this(
                holder,
                token,
                job,
                version,
                host,
                pid,
                machine,
                processStart,
                sequence,
                takenAt,
                renewedAt,
                intervalMillis,
                released,
                null);
    }

    public Lease {
        holder = Copies.of(holder);
        token = Copies.of(token);
        job = Copies.of(job);
        version = Copies.of(version);
        host = Copies.of(host);
        machine = Copies.of(machine);
        takenAt = Copies.of(takenAt);
        renewedAt = Copies.of(renewedAt);
    }

    /** The same hold, once more. */
    public Lease renewed(Instant now) {
        return with(now, false);
    }

    /** The end of the hold. */
    public Lease released(Instant now) {
        return with(now, true);
    }

    private Lease with(Instant now, boolean end) {
        return new Lease(
                holder,
                token,
                job,
                version,
                host,
                pid,
                machine,
                processStart,
                sequence + 1,
                takenAt,
                now,
                intervalMillis,
                end,
                label);
    }
}
