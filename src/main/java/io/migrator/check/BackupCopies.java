package io.migrator.check;

import io.migrator.config.read.ResolvedConfig;
import io.migrator.transfer.Transfer;
import java.util.Locale;

/**
 * How a backup copies where its own parameters do not say otherwise.
 *
 * @param inFlight objects at once
 */
public record BackupCopies(Transfer transfer, int inFlight) {
    /** As the configuration says. */
    public static BackupCopies of(ResolvedConfig config) {
        String transfer = config.parameters().getOrDefault("transfer", Transfer.AUTO.name());
        return new BackupCopies(
                Transfer.valueOf(transfer.toUpperCase(Locale.ROOT)),
                config.config().backup().copyInFlight());
    }
}
