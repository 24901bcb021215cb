package io.migrator.vault;

import io.migrator.store.ObjectStore;
import java.util.List;
import java.util.function.Consumer;

/**
 * Deletes what nobody planned. Asks before each request whether the backup is still this run's: one that was suspended in
 * between would delete what another run has copied since.
 *
 * @param fence fails where it is not
 */
public record FencedDeletes(ObjectStore vault, Runnable fence) implements Consumer<List<String>> {
    @Override
    public void accept(List<String> keys) {
        fence.run();
        vault.delete(keys);
    }
}
