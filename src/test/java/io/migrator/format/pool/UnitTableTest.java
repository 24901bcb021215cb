package io.migrator.format.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Units found by their segments. */
class UnitTableTest {
    private static final long SEED = 18;

    private static Unit random(Random random) {
        byte[] digest = new byte[16];
        random.nextBytes(digest);
        byte[] run = new byte[6];
        random.nextBytes(run);
        return new Unit(
                Math.abs(random.nextLong() >> 1),
                random.nextInt(4) == 0 ? -1 : random.nextInt(50),
                random.nextInt(5000),
                random.nextBoolean() ? Unit.Kind.INSERT : Unit.Kind.DELTA,
                HexFormat.of().formatHex(digest),
                HexFormat.of().formatHex(run));
    }

    @Test
    void givesBackWhatWasPutIntoIt() {
        Random random = new Random(SEED);
        UnitTable table = new UnitTable();
        Map<Unit, UnitRef> all = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            UnitRef ref = new UnitRef(random(random), random.nextInt(1000), random.nextLong() >>> 1);
            if (table.add(ref).isEmpty()) {
                all.put(ref.unit(), ref);
            }
        }

        assertThat(table.size()).isEqualTo(all.size());
        assertThat(table.all()).containsExactlyInAnyOrderElementsOf(all.values());
        all.forEach((unit, ref) -> {
            assertThat(table.names(unit)).isTrue();
            assertThat(table.ref(unit.collection(), unit.partition(), unit.segment(), unit.kind()))
                    .contains(ref);
        });
        Unit other = random(random);
        assertThat(table.names(other)).isFalse();
        assertThat(table.find(other.collection(), other.partition(), other.segment(), other.kind()))
                .isEmpty();
    }

    @Test
    void keepsTheFirstStateOfASegment() {
        UnitTable table = new UnitTable();
        Unit first = new Unit(1, -1, 3, Unit.Kind.DELTA, "0".repeat(31) + "1", "0".repeat(11) + "2");
        Unit second = new Unit(1, -1, 3, Unit.Kind.DELTA, "f".repeat(32), "f".repeat(12));

        assertThat(table.add(new UnitRef(first, 1, 2))).isEmpty();
        assertThat(table.add(new UnitRef(second, 1, 2))).contains(first);
        assertThat(table.names(first)).isTrue();
        assertThat(table.names(second)).isFalse();
        assertThat(table.find(1, -1, 3, Unit.Kind.INSERT)).isEmpty();
    }
}
