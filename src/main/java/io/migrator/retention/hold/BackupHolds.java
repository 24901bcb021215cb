package io.migrator.retention.hold;

import io.migrator.batch.ThisProcess;
import io.migrator.catalog.Catalog;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.HoldNote;
import io.migrator.format.own.OwnJson;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sets and takes away holds. Each is done with the backup's lease in hand, as every deletion is: so a hold that was set
 * is one that every later deletion meets, and a backup that is being deleted cannot be held.
 */
public final class BackupHolds {
    private static final int LONGEST_REASON = 500;

    private final ObjectStore vault;
    private final Catalog catalog;
    private final Leasing leasing;

    /** @param notes gets a line where somebody is waited for */
    public BackupHolds(ObjectStore vault, Consumer<String> notes) {
        this.vault = vault;
        this.catalog = new Catalog(vault, vault.config().rootPath());
        this.leasing = new Leasing(vault.config(), notes);
    }

    /**
     * Has the backup stay, whoever made it; takes the place of a hold that is there.
     *
     * @param until null for ever
     * @return the hold before; empty where there was none
     */
    public Optional<HoldNote> hold(String name, @Nullable Instant until, String reason) {
        requireReason(reason);
        requireComplete(name);
        return leasing.with(name, "hold", lease -> {
            // Somebody may have deleted it while the lease was waited for.
            requireComplete(name);
            Optional<HoldNote> before = catalog.hold(name);
            String by = System.getProperty("user.name", "") + "@"
                    + ThisProcess.look().host();
            lease.confirm();
            vault.write(layout(name).hold(), bytes(new HoldNote(until, reason, by, Instant.now())));
            return before;
        });
    }

    /** Lets the backup go; false where nothing held it. */
    public boolean release(String name) {
        requireThere(name);
        if (vault.find(layout(name).hold()).isEmpty()) {
            return false;
        }
        return leasing.with(name, "release", lease -> {
            boolean held = vault.find(layout(name).hold()).isPresent();
            lease.confirm();
            vault.delete(List.of(layout(name).hold()));
            return held;
        });
    }

    private void requireThere(String name) {
        if (!catalog.exists(name)) {
            // Fails, and names the nearest.
            catalog.read(name);
        }
    }

    private void requireComplete(String name) {
        requireThere(name);
        String lacking = catalog.lacking(name);
        if (!lacking.isEmpty()) {
            throw MigratorException.unable(
                    Failure.NOT_FOUND,
                    "hold",
                    name,
                    "the backup is not complete (" + lacking + ")",
                    "Hold it once it is; what is not complete is no backup to keep.");
        }
    }

    private static void requireReason(String reason) {
        boolean printable = reason.chars().noneMatch(Character::isISOControl);
        if (!printable || reason.length() > LONGEST_REASON) {
            throw MigratorException.unable(
                    Failure.USAGE,
                    "hold for",
                    reason.substring(0, Math.min(reason.length(), 60)),
                    printable
                            ? "the reason has more than " + LONGEST_REASON + " characters"
                            : "the reason has control characters",
                    "Give a short text in one line.");
        }
    }

    private VaultLayout layout(String name) {
        return new VaultLayout(vault.config().rootPath(), name);
    }

    private static byte[] bytes(HoldNote hold) {
        try {
            return OwnJson.write(hold);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
