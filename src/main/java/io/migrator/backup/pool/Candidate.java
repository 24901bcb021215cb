package io.migrator.backup.pool;

import io.migrator.backup.state.UnitParent;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.RunRecord;

/**
 * A complete incremental backup whose units others may share.
 *
 * @param seen how it was when it was looked at; without a number
 */
record Candidate(VaultLayout layout, RunRecord run, UnitParent seen) {
    String name() {
        return layout.name();
    }

    boolean has(long collection) {
        return run.collections().stream().anyMatch(one -> one.collectionId() == collection);
    }
}
