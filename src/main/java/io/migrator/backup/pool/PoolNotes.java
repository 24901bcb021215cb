package io.migrator.backup.pool;

import io.migrator.batch.ThisProcess;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.own.OwnJson;
import io.migrator.format.pool.PoolNote;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.stream.Stream;

/** Says of a vault's pool which form it has, and makes one where there is none. */
final class PoolNotes {
    private static final int MOST = 1 << 16;

    private final ObjectStore vault;
    private final PoolLayout pool;

    PoolNotes(ObjectStore vault, PoolLayout pool) {
        this.vault = vault;
        this.pool = pool;
    }

    /**
     * Writes nothing.
     *
     * @throws MigratorException UNSUPPORTED where a newer version made the pool, CORRUPT where its note cannot be read
     */
    void requireKnown() {
        if (vault.find(pool.note()).isPresent()) {
            int format = read().format();
            if (format < 1 || format > PoolNote.FORMAT) {
                throw unable(
                        Failure.UNSUPPORTED,
                        "it has format %d, and %d is the newest this version of migrator writes"
                                .formatted(format, PoolNote.FORMAT),
                        "Use the version that made it, or a newer one.");
            }
        }
    }

    /** Makes a pool where there is none; UNSUPPORTED where the store does not show at once what was written. */
    void requireThere() {
        if (vault.find(pool.note()).isPresent()) {
            return;
        }
        ThisProcess self = ThisProcess.look();
        try {
            vault.writeIfAbsent(
                    pool.note(),
                    OwnJson.write(new PoolNote(PoolNote.FORMAT, Instant.now(), "migrator", self.version())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Stream<StoredObject> objects = vault.list(pool.note())) {
            if (vault.find(pool.note()).isEmpty() || objects.findAny().isEmpty()) {
                throw unable(
                        Failure.UNSUPPORTED,
                        "the store does not show what was just written",
                        "Back up without incremental=yes; check --store tells more.");
            }
        }
        requireKnown();
    }

    private PoolNote read() {
        try {
            return OwnJson.readPoolNote(vault.read(pool.note(), MOST));
        } catch (DamagedMetaException e) {
            throw unable(
                    Failure.CORRUPT,
                    "its note is damaged " + e.getMessage(),
                    "Bring the object back from a copy of the vault.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MigratorException unable(Failure failure, String cause, String advice) {
        return MigratorException.unable(
                failure, "share in the pool", vault.config().display() + "/" + pool.note(), cause, advice);
    }
}
