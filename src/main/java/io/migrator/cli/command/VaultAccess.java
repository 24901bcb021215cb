package io.migrator.cli.command;

import io.migrator.catalog.Catalog;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.WithoutJob;
import io.migrator.cli.output.StillWaiting;
import io.migrator.config.Sides;
import io.migrator.config.StorageConfig;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.util.List;
import java.util.function.ToIntBiFunction;

/** A word at work on the vault, and on nothing else. */
final class VaultAccess {
    private VaultAccess() {}

    /** @param work what it does with the vault; returns the exit code */
    static int run(Run run, ToIntBiFunction<Catalog, ObjectStore> work) {
        List<String> problems = run.problems();
        WithoutJob.check(run.words(), problems);
        ResolvedConfig config = run.begin(problems, Sides.VAULT_UNPROVEN, null, List.of());
        run.startLog(config);
        StorageConfig vault = config.config().vault();
        return StillWaiting.during(run.output(), run.name(), vault.display(), () -> {
            try (ObjectStore store = Stores.open(vault)) {
                store.requireReachable();
                return work.applyAsInt(new Catalog(store, vault.rootPath()), store);
            }
        });
    }
}
