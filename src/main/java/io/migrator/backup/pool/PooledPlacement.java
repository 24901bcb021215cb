package io.migrator.backup.pool;

import io.migrator.backup.plan.Placement;
import io.migrator.backup.plan.PlanWriter;
import io.migrator.backup.plan.SegmentFiles;
import io.migrator.backup.pool.Parents.Shared;
import io.migrator.backup.state.NewUnit;
import io.migrator.backup.state.PlannedUnit;
import io.migrator.copy.CopyPlan.NewRow;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.Unit.Kind;
import io.migrator.format.pool.UnitDigest;
import io.migrator.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Places logs in units of the pool: in one that is there where it holds these very logs, else in one of this backup's own. */
final class PooledPlacement implements Placement {
    private final PoolLayout pool;
    private final Sharing sharing;
    private final Supplier<String> run;

    /** Finds a unit with the same content as one that would be written. */
    interface Sharing {
        Optional<Shared> find(Unit own);
    }

    /** @param run what the names of own units end with */
    PooledPlacement(PoolLayout pool, Sharing sharing, Supplier<String> run) {
        this.pool = pool;
        this.sharing = sharing;
        this.run = run;
    }

    @Override
    public Placed of(SegmentFiles files) {
        Placed placed = new Placed(new ArrayList<>(), new ArrayList<>());
        place(placed, files, Kind.INSERT, files.insertLogs());
        place(placed, files, Kind.DELTA, files.deltaLogs());
        return placed;
    }

    private void place(Placed placed, SegmentFiles files, Kind kind, List<StoredObject> logs) {
        if (logs.isEmpty()) {
            return;
        }
        SegmentInfo segment = files.segment().skeleton();
        Unit own = new Unit(
                segment.collectionId(),
                segment.partitionId(),
                segment.segmentId(),
                kind,
                digest(kind, logs),
                run.get());
        Optional<Shared> shared = tagged(logs) ? sharing.find(own) : Optional.empty();
        Unit unit = shared.map(Shared::unit).orElse(own);
        UnitKeys keys = new UnitKeys(pool, unit);
        if (shared.isEmpty()) {
            logs.forEach(log ->
                    placed.rows().add(new NewRow(segment.collectionId(), segment.segmentId(), log, keys.of(log))));
        }
        PlannedUnit planned = new PlannedUnit(
                unit,
                shared.map(one -> one.parent().id()).orElse(PlannedUnit.OWN),
                shared.isPresent() ? PlannedUnit.State.PLANNED : PlannedUnit.State.KNOWN,
                logs.size(),
                logs.stream().mapToLong(StoredObject::size).sum());
        placed.units().add(new NewUnit(planned, shared.isPresent() ? keys.sorted(logs) : List.of()));
    }

    private static boolean tagged(List<StoredObject> logs) {
        return logs.stream().noneMatch(log -> log.etag().isEmpty());
    }

    /** Without tags nothing tells contents apart: such a unit has a name that no other backup comes to. */
    private String digest(Kind kind, List<StoredObject> logs) {
        boolean tagged = tagged(logs);
        return UnitDigest.of(
                kind,
                logs.stream()
                        .map(log -> new UnitDigest.File(
                                kind == Kind.INSERT ? PlanWriter.number(log, 2) : 0,
                                PlanWriter.number(log, 1),
                                log.size(),
                                tagged ? log.etag() : "of run " + run.get()))
                        .toList());
    }
}
