package io.migrator.backup.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.backup.plan.Placement.Placed;
import io.migrator.backup.plan.SegmentFiles;
import io.migrator.backup.pool.Parents.Shared;
import io.migrator.backup.state.NewUnit;
import io.migrator.backup.state.PlannedSegment;
import io.migrator.backup.state.PlannedUnit;
import io.migrator.backup.state.UnitParent;
import io.migrator.copy.CopyPlan;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.pool.Unit;
import io.migrator.milvus.Segment;
import io.migrator.store.StoredObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In which units logs are placed, without servers. */
class PooledPlacementTest {
    private static final PoolLayout POOL = new PoolLayout("backup");
    private static final String RUN = "0123456789ab";
    private static final String OTHER = "ba9876543210";

    private static SegmentFiles files(String etag) {
        return new SegmentFiles(
                new PlannedSegment(new Segment(7, 1, 2, 10, false, 0), ""),
                List.of(
                        new StoredObject("files/insert_log/1/2/7/0/100", 5, etag),
                        new StoredObject("files/insert_log/1/2/7/101/102", 6, etag)),
                List.of(new StoredObject("files/delta_log/1/2/7/103", 4, etag)));
    }

    private static Placed place(String etag, String run, PooledPlacement.Sharing sharing) {
        return new PooledPlacement(POOL, sharing, () -> run).of(files(etag));
    }

    private static List<PlannedUnit> planned(Placed placed) {
        return placed.units().stream().map(NewUnit::unit).toList();
    }

    private static List<Unit> units(Placed placed) {
        return planned(placed).stream().map(PlannedUnit::unit).toList();
    }

    @Test
    void writesWhatNobodyHas() {
        Placed placed = place("tag", RUN, unit -> Optional.empty());

        assertThat(planned(placed)).extracting(PlannedUnit::own).containsExactly(true, true);
        assertThat(planned(placed)).extracting(PlannedUnit::objects).containsExactly(2L, 1L);
        assertThat(planned(placed)).extracting(PlannedUnit::bytes).containsExactly(11L, 4L);
        String inserts = POOL.segmentDir(units(placed).get(0));
        String deltas = POOL.segmentDir(units(placed).get(1));
        assertThat(placed.rows())
                .extracting(CopyPlan.NewRow::targetKey)
                .containsExactly(inserts + "0/100", inserts + "101/102", deltas + "103");
    }

    @Test
    void takesWhatAParentHas() {
        UnitParent parent = new UnitParent(3, "a", "run", "head", "refs");
        Placed placed = place(
                "tag",
                RUN,
                unit -> unit.kind() == Unit.Kind.INSERT
                        ? Optional.of(new Shared(new Unit(1, 2, 7, Unit.Kind.INSERT, unit.digest(), OTHER), parent))
                        : Optional.empty());

        assertThat(planned(placed)).extracting(PlannedUnit::parent).containsExactly(3, PlannedUnit.OWN);
        assertThat(units(placed)).extracting(Unit::run).containsExactly(OTHER, RUN);
        assertThat(placed.rows()).extracting(row -> row.source().key()).containsExactly("files/delta_log/1/2/7/103");
        assertThat(placed.units().get(0).sources())
                .extracting(StoredObject::key)
                .containsExactly("files/insert_log/1/2/7/0/100", "files/insert_log/1/2/7/101/102");
    }

    /** Nothing would tell its content from another's. */
    @Test
    void neverSharesWhatHasNoTag() {
        Placed placed = place("", RUN, unit -> {
            throw new AssertionError("asked for " + unit);
        });

        assertThat(units(placed)).isEqualTo(units(place("", RUN, unit -> Optional.empty())));
        List<Unit> others = units(place("", OTHER, unit -> Optional.empty()));
        assertThat(units(placed)).noneMatch(unit -> others.stream().anyMatch(unit::sameContent));
    }
}
