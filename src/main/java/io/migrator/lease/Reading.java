package io.migrator.lease;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.layout.VaultLayout;
import io.migrator.store.ObjectStore;
import io.migrator.store.driver.Retry;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the vault that a run reads a backup, so that deletions leave it alone: a lease of the reader's own beside the
 * backup's. Best effort: who may not write there reads all the same, and unnoticed.
 */
public final class Reading implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

    /** What a note is worth: a job begins so much later where the vault takes none. */
    private static final Duration MOST_TIME = Duration.ofSeconds(10);
    /** 3 to 6 s of pauses. */
    private static final Retry BRIEF = new Retry(6, Duration.ofMillis(200), MOST_TIME);

    private final Supplier<ObjectStore> connection;
    private final String notes;
    private final String note;
    private final String read;
    private final LeaseHolder holder;
    /** What comes of it where there is no note. */
    private final String lacking;

    private @Nullable VaultLease lease;

    /**
     * @param connection opens one to the vault for the note alone
     * @param holder what the note says of this process; the note is named by no id of it, for the same work may be done on
     *     several machines
     */
    public Reading(Supplier<ObjectStore> connection, VaultLayout layout, LeaseHolder holder) {
        this(
                connection,
                layout.readersDir(),
                layout.reader(id()),
                layout.name(),
                holder,
                ", and a deletion would not wait");
    }

    private Reading(
            Supplier<ObjectStore> connection,
            String notes,
            String note,
            String read,
            LeaseHolder holder,
            String lacking) {
        this.connection = connection;
        this.notes = notes;
        this.note = note;
        this.read = read;
        this.holder = holder;
        this.lacking = lacking;
    }

    /** Of the pool as a whole, and of no backup: nothing waits for its end. */
    public static Reading ofPool(Supplier<ObjectStore> connection, PoolLayout pool, LeaseHolder holder) {
        return new Reading(connection, pool.readersDir(), pool.reader(id()), PoolLayout.NAME, holder, "");
    }

    /** Of this reader alone: the same work may be done on two machines at once, and each is to be seen. */
    private static String id() {
        return UUID.randomUUID().toString();
    }

    /** What others know the vault by while it is read; empty where it takes no note. */
    public synchronized Optional<Footprint> footprint() {
        return lease == null ? Optional.empty() : lease.footprint();
    }

    /**
     * Begins to say so, once, and then looks whether the backup is still there: a deletion looks at readers after it has
     * said what it does.
     *
     * @param lacking why there is no complete backup; empty where there is one
     */
    public synchronized void begin(Supplier<String> lacking) {
        if (lease == null) {
            ObjectStore vault = connection.get();
            VaultLease taken = new VaultLease(vault, note, LeaseTerms.usual(), line -> LOG.debug(line));
            lease = taken;
            long since = System.nanoTime();
            try {
                taken.take(holder, () -> System.nanoTime() - since > MOST_TIME.toNanos(), BRIEF);
                new Readers(vault, notes, read, line -> LOG.debug(line)).removeDead();
            } catch (MigratorException e) {
                tell(e);
            }
        }
        String gone = lacking.get();
        if (!gone.isEmpty()) {
            throw MigratorException.unable(
                    Failure.NOT_FOUND,
                    "read",
                    read,
                    "the backup is not complete any more (" + gone + ")",
                    "Somebody deletes it, or works on it; run list to see what is there.");
        }
    }

    /** Keys that may not write are usual for a reader. */
    private void tell(MigratorException fault) {
        if (fault.failure() == Failure.DENIED) {
            LOG.debug("the vault takes no note of who reads", fault);
        } else {
            LOG.warn("the vault takes no note that {} is read{}: {}", read, lacking, fault.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        VaultLease taken = lease;
        lease = null;
        if (taken != null) {
            taken.close();
        }
    }
}
