package io.migrator.check;

import io.migrator.config.ResolvedConfig;
import io.migrator.store.Stores;
import java.util.Locale;

/**
 * How a backup copies where its own parameters do not say otherwise.
 *
 * @param inFlight objects at once
 */
public record BackupCopies(Stores.Transfer transfer, int inFlight) {
    /** As the configuration says. */
    public static BackupCopies of(ResolvedConfig config) {
        String transfer = config.parameters().getOrDefault("transfer", Stores.Transfer.AUTO.name());
        return new BackupCopies(
                Stores.Transfer.valueOf(transfer.toUpperCase(Locale.ROOT)),
                config.config().backup().copyInFlight());
    }
}
