package io.migrator.backup;

import io.migrator.store.CopyEngine;
import io.migrator.store.CopyRequest;
import io.migrator.store.CopyResult;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Copies only as long as the backup is this run's. */
record LeasedCopies(CopyEngine engine, VaultClaim claim) implements CopyEngine {
    @Override
    public List<CopyResult> copy(List<CopyRequest> requests, BooleanSupplier stop) {
        claim.requireHeld();
        return engine.copy(requests, stop);
    }

    @Override
    public String transfer() {
        return engine.transfer();
    }
}
