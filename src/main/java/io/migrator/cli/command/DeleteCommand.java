package io.migrator.cli.command;

import io.migrator.batch.ThisProcess;
import io.migrator.catalog.Catalog;
import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.output.Amounts;
import io.migrator.cli.output.Output;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.Marker;
import io.migrator.lease.LeaseHolder;
import io.migrator.lease.LeaseTerms;
import io.migrator.lease.VaultLease;
import io.migrator.store.connect.Stores;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The word {@code delete}: deletes a backup that nobody is making, complete or not. */
final class DeleteCommand implements Command {
    @Override
    public String word() {
        return "delete";
    }

    @Override
    public String purpose() {
        return "delete a backup: BACKUP";
    }

    @Override
    public List<Option> options() {
        return List.of(CommonOptions.NAME);
    }

    @Override
    public String operand() {
        return "BACKUP";
    }

    @Override
    public int run(Run run) {
        return VaultAccess.run(
                run,
                (catalog, vault) -> delete(catalog, String.valueOf(run.words().backup()), vault, run.output()));
    }

    private static int delete(Catalog catalog, String name, StorageConfig vault, Output output) {
        Marker marker = incompleteMarker(catalog, name);
        if (marker != null
                && !catalog.leased(name)
                && ThisProcess.look().isAlive(marker.host(), marker.pid(), marker.startedAt())) {
            throw MigratorException.unable(
                    Failure.LOCKED,
                    "delete",
                    name,
                    "process %d of this machine has been making it since %s"
                            .formatted(marker.pid(), marker.startedAt()),
                    "Stop that process first.");
        }
        catalog.requireReleased(name);
        long objects = catalog.exists(name) ? deleteLeased(catalog, name, vault, output) : catalog.delete(name);
        return output.done(
                "delete",
                "deleted backup '%s': %s %s"
                        .formatted(name, Amounts.count(objects), objects == 1 ? "object" : "objects"),
                Map.of("objects_deleted", objects));
    }

    /** The deletion is a run like a backup: two of them, or one of each, are not at work on the same name at once. */
    private static long deleteLeased(Catalog catalog, String name, StorageConfig vault, Output output) {
        VaultLayout layout = new VaultLayout(vault.rootPath(), name);
        try (VaultLease lease =
                new VaultLease(Stores.open(vault), layout, LeaseTerms.usual(), line -> output.warn(List.of(line)))) {
            lease.take(LeaseHolder.of(UUID.randomUUID().toString(), "delete"), () -> false);
            lease.confirm();
            return catalog.delete(name, lease::requireHeld);
        }
    }

    private static @Nullable Marker incompleteMarker(Catalog catalog, String name) {
        try {
            return catalog.marker(name).orElse(null);
        } catch (MigratorException e) {
            if (e.failure() == Failure.CORRUPT) {
                // A damaged marker names nobody; the backup has to stay deletable.
                return null;
            }
            throw e;
        }
    }
}
