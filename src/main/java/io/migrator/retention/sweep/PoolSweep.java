package io.migrator.retention.sweep;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.own.OwnJson;
import io.migrator.format.pool.PoolNote;
import io.migrator.lease.Fence;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the units of the pool that no backup names. First all units are listed, then every directory of the vault is asked
 * what it names: in this order, so that a unit which somebody begins to use meanwhile was named before it was looked for.
 * Begins anew each time; nothing is kept between two sweeps.
 */
public final class PoolSweep {
    private static final int LARGEST_NOTE = 1 << 16;

    private final ObjectStore vault;
    private final PoolLayout pool;
    private final Runnable stop;

    /** @param stop called before each request; ends the sweep by failing */
    public PoolSweep(ObjectStore vault, Runnable stop) {
        this.vault = vault;
        this.pool = new PoolLayout(vault.config().rootPath());
        this.stop = stop;
    }

    /**
     * Whether the vault has a pool.
     *
     * @throws MigratorException UNSUPPORTED where a later version made it, CORRUPT where that cannot be told, also where the
     *     note is missing from a pool that is not empty
     */
    public boolean applies() {
        if (!noted()) {
            if (isEmpty()) {
                return false;
            }
            throw unknown("the object is missing, and %s is not empty".formatted(pool.dataDir()), null);
        }
        try {
            int format =
                    OwnJson.readPoolNote(vault.read(pool.note(), LARGEST_NOTE)).format();
            if (format > PoolNote.FORMAT) {
                throw MigratorException.unable(
                        Failure.UNSUPPORTED,
                        "sweep",
                        place(),
                        "the pool is of form %d, and this version knows forms up to %d"
                                .formatted(format, PoolNote.FORMAT),
                        "Use a later version of migrator; nothing was swept.");
            }
            if (format < 1) {
                throw unknown("it tells no format", null);
            }
            return true;
        } catch (DamagedMetaException e) {
            throw unknown(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the pool says of which form it is. */
    public boolean noted() {
        return vault.find(pool.note()).isPresent();
    }

    private boolean isEmpty() {
        try (Stream<StoredObject> objects = vault.list(pool.dataDir())) {
            return objects.findFirst().isEmpty();
        }
    }

    private MigratorException unknown(String cause, @Nullable Exception fault) {
        return MigratorException.unable(
                Failure.CORRUPT,
                "read",
                vault.config().display() + "/" + pool.note(),
                cause,
                "Nothing was swept. Bring the object back from a copy of the vault; where there is none, the next"
                        + " incremental backup writes it anew once it is deleted.",
                fault);
    }

    /**
     * Sweeps.
     *
     * @param deleters the right to delete from the pool, taken before
     * @param youngerThan units with an object written after that stay, by the store's clock
     * @throws MigratorException CORRUPT where what a backup names cannot be read: then nothing is deleted; LOCKED where the
     *     right was lost
     */
    public Swept run(Fence deleters, Instant youngerThan) {
        if (!applies()) {
            return Swept.NOTHING;
        }
        try (PoolListing listing = PoolListing.of(vault, pool, youngerThan, stop)) {
            NamedUnits names = new NamedUnits(vault, stop);
            names.read(any -> true, (directory, ref) -> listing.strike(ref.unit()));
            // Whoever deletes without the lease may have hidden a unit from the first reading.
            names.read(any -> true, (directory, ref) -> listing.strike(ref.unit()));
            deleters.confirm();
            return new Reclaim(vault, deleters, stop).of(listing);
        }
    }

    /**
     * What a sweep would do, without any right and any change.
     *
     * @param staying directories whose backups will still be there
     */
    public Swept look(Predicate<String> staying, Instant youngerThan) {
        if (!applies()) {
            return Swept.NOTHING;
        }
        try (PoolListing listing = PoolListing.of(vault, pool, youngerThan, stop)) {
            new NamedUnits(vault, stop).read(staying, (directory, ref) -> listing.strike(ref.unit()));
            return Reclaim.look(listing);
        }
    }

    private String place() {
        return vault.config().display() + "/" + pool.dir();
    }
}
