package io.migrator.backup.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.backup.state.PlannedUnit;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.pool.Unit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is listed of the pool: what other backups keep there must not make a night dearer. */
class PoolPrefixesTest {
    private static final PoolLayout POOL = new PoolLayout("vault");

    private static PlannedUnit unit(long partition, long segment, Unit.Kind kind, long objects) {
        Unit unit = new Unit(1, partition, segment, kind, "0".repeat(32), "0".repeat(12));
        return new PlannedUnit(unit, PlannedUnit.OWN, PlannedUnit.State.KNOWN, objects, 1);
    }

    private static List<String> prefixes(LongStream segments, long partitions, long objects) {
        return prefixes(
                segments.mapToObj(segment -> unit(100 + segment % partitions, segment, Unit.Kind.INSERT, objects)));
    }

    private static List<String> prefixes(Stream<PlannedUnit> units) {
        PoolPrefixes prefixes = new PoolPrefixes(POOL);
        units.sorted(Comparator.comparing(PlannedUnit::unit)).forEach(prefixes::add);
        return prefixes.end();
    }

    @Test
    void aFewSegmentsAreListedOneByOne() {
        assertThat(prefixes(Stream.of(
                        unit(2, 12, Unit.Kind.INSERT, 1),
                        unit(2, 12, Unit.Kind.DELTA, 1),
                        unit(-1, 13, Unit.Kind.DELTA, 1),
                        unit(2, 3, Unit.Kind.INSERT, 1))))
                .containsExactly(
                        "vault/migrator-pool/data/1/-1/13/",
                        "vault/migrator-pool/data/1/2/12/",
                        "vault/migrator-pool/data/1/2/3/");
    }

    @Test
    void soAreManyLargeOnes() {
        assertThat(prefixes(LongStream.range(0, 1000), 1, 300)).hasSize(1000).isSorted();
    }

    @Test
    void ofManySmallOnesThePartitionsAreListed() {
        assertThat(prefixes(LongStream.range(0, 1000), 3, 20))
                .containsExactly(
                        "vault/migrator-pool/data/1/100/",
                        "vault/migrator-pool/data/1/101/",
                        "vault/migrator-pool/data/1/102/");
    }

    @Test
    void orTheCollectionWhereTheseAreManyToo() {
        assertThat(prefixes(LongStream.range(0, 1000), 1000, 2)).containsExactly("vault/migrator-pool/data/1/");
    }
}
