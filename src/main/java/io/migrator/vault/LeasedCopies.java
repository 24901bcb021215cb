package io.migrator.vault;

import io.migrator.failure.MigratorException;
import io.migrator.transfer.CopyEngine;
import io.migrator.transfer.CopyRequest;
import io.migrator.transfer.CopyResult;
import io.migrator.transfer.CopyWatch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Begins a copy only as long as the backup is this run's. */
public record LeasedCopies(CopyEngine engine, VaultClaim claim) implements CopyEngine {
    @Override
    public List<CopyResult> copy(List<CopyRequest> requests, BooleanSupplier stop, CopyWatch watch) {
        AtomicReference<@Nullable MigratorException> lost = new AtomicReference<>();
        List<CopyResult> results = engine.copy(requests, () -> stop.getAsBoolean() || isLost(lost), watch);
        MigratorException fault = lost.get();
        if (fault != null) {
            throw fault;
        }
        return results;
    }

    private boolean isLost(AtomicReference<@Nullable MigratorException> lost) {
        try {
            claim.requireHeld();
            return false;
        } catch (MigratorException e) {
            lost.compareAndSet(null, e);
            return true;
        }
    }

    @Override
    public String transfer() {
        return engine.transfer();
    }

    @Override
    public Map<String, Long> streamedAfterRefusal() {
        return engine.streamedAfterRefusal();
    }
}
