package io.migrator.lease;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.store.ObjectStore;
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

    private final Supplier<ObjectStore> connection;
    private final VaultLayout layout;
    private final LeaseHolder holder;
    /** Of this reader alone: the same work may be done on two machines at once, and each is to be seen. */
    private final String id = UUID.randomUUID().toString();

    private @Nullable VaultLease lease;

    /**
     * @param connection opens one to the vault for the note alone
     * @param holder what the note says of this process; the note is named by no id of it, for the same work may be done on
     *     several machines
     */
    public Reading(Supplier<ObjectStore> connection, VaultLayout layout, LeaseHolder holder) {
        this.connection = connection;
        this.layout = layout;
        this.holder = holder;
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
            VaultLease taken = new VaultLease(vault, layout.reader(id), LeaseTerms.usual(), line -> LOG.debug(line));
            lease = taken;
            try {
                taken.take(holder, () -> false);
                new Readers(vault, layout, line -> LOG.debug(line)).removeDead();
            } catch (MigratorException e) {
                LOG.debug("the vault takes no note of who reads", e);
            }
        }
        String gone = lacking.get();
        if (!gone.isEmpty()) {
            throw MigratorException.unable(
                    Failure.NOT_FOUND,
                    "read",
                    layout.name(),
                    "the backup is not complete any more (" + gone + ")",
                    "Somebody deletes it, or works on it; run list to see what is there.");
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
