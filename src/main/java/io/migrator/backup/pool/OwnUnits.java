package io.migrator.backup.pool;

import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.NewUnit;
import io.migrator.backup.state.PlannedUnit;
import io.migrator.copy.CopyPlan.NewRow;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.pool.Unit;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Has this backup write units itself that it was to share. */
final class OwnUnits {
    private final PoolLayout pool;
    private final BackupState state;
    private final Supplier<String> run;

    OwnUnits(PoolLayout pool, BackupState state, Supplier<String> run) {
        this.pool = pool;
        this.state = state;
        this.run = run;
    }

    /** All or none; nothing of them is copied yet then. */
    void take(Collection<PlannedUnit> units) {
        state.transactions().run(() -> units.forEach(this::take));
    }

    private void take(PlannedUnit one) {
        Unit before = one.unit();
        Unit own = new Unit(
                before.collection(), before.partition(), before.segment(), before.kind(), before.digest(), run.get());
        if (one.own()) {
            state.plan().move(before.collection(), before.segment(), pool.unitDir(before), pool.unitDir(own));
        } else {
            UnitKeys keys = new UnitKeys(pool, own);
            state.plan()
                    .add(state.shared().sources(before).stream()
                            .map(log -> new NewRow(own.collection(), own.segment(), log, keys.of(log)))
                            .toList());
        }
        PlannedUnit planned =
                new PlannedUnit(own, PlannedUnit.OWN, PlannedUnit.State.KNOWN, one.objects(), one.bytes());
        state.units().put(List.of(new NewUnit(planned, List.of())));
    }
}
