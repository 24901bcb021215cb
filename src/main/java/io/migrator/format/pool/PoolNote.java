package io.migrator.format.pool;

import io.migrator.format.Copies;
import java.time.Instant;

/**
 * The content of {@code migrator-pool/pool.json}: who made the pool, and in which form.
 *
 * @param format of the pool; a program that does not know it neither writes nor sweeps
 * @param createdAt by the clock of who made it
 * @param program and {@code version}: who that was
 */
public record PoolNote(int format, Instant createdAt, String program, String version) {
    /** The form that this version writes. */
    public static final int FORMAT = 1;

    public PoolNote {
        createdAt = Copies.of(createdAt);
        program = Copies.of(program);
        version = Copies.of(version);
    }
}
