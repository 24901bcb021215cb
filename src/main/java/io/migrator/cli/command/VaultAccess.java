package io.migrator.cli.command;

import io.migrator.catalog.Catalog;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.WithoutJob;
import io.migrator.cli.output.StillWaiting;
import io.migrator.cli.watch.Doing;
import io.migrator.cli.watch.WatchedRun;
import io.migrator.config.Sides;
import io.migrator.config.StorageConfig;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.launch.RunOutcome;
import io.migrator.report.Progress;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

    /**
     * The same with a record, for a word that changes the vault.
     *
     * @param work returns how it ended
     */
    static int recorded(Run run, String name, Map<String, String> parameters, Function<ObjectStore, RunOutcome> work) {
        List<String> problems = run.problems();
        WithoutJob.check(run.words(), problems);
        ResolvedConfig config = run.begin(problems, Sides.VAULT_UNPROVEN, null, List.of());
        run.startLog(config);
        StorageConfig vault = config.config().vault();
        String word = run.name();
        String place = vault.display() + "/" + vault.rootPath();
        Doing doing = new Doing(
                word, word, String.join(" ", word, name, place), Doing.vault(vault), name, parameters, "", false);
        return StillWaiting.during(run.output(), word, vault.display(), () -> {
            WatchedRun watched = WatchedRun.begin(run, config, doing);
            RunOutcome outcome = watched.work(Progress.NONE, told -> {
                try (ObjectStore store = Stores.open(vault)) {
                    store.requireReachable();
                    told.stage(word);
                    return work.apply(store);
                }
            });
            int code = run.output()
                    .end(
                            word,
                            outcome.failure(),
                            outcome.message(),
                            outcome.report().facts(),
                            List.of(),
                            outcome.cause());
            return watched.ended(outcome, code);
        });
    }
}
