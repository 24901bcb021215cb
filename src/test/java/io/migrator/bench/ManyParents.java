package io.migrator.bench;

import io.migrator.format.pool.RefsReader;
import io.migrator.format.pool.RefsWriter;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import io.migrator.format.pool.UnitTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The lists of units of four parents, a million units each, as a backup holds them. Run by itself with {@code -Xmx512m}. */
public final class ManyParents {
    private static final int PARENTS = Integer.getInteger("units.parents", 4);
    private static final int UNITS = Integer.getInteger("units.each", 1_000_000);

    private ManyParents() {}

    public static void main(String[] args) throws IOException {
        byte[] list = list();
        long before = used();
        List<UnitTable> parents = new ArrayList<>();
        for (int i = 0; i < PARENTS; i++) {
            long begin = System.nanoTime();
            try (RefsReader reader = new RefsReader(new ByteArrayInputStream(list))) {
                parents.add(UnitTable.of(reader));
            }
            System.out.printf(
                    "%d parents of %,d units (a list of %,d KiB): %,d bytes a unit, the last read in %,d ms%n",
                    parents.size(),
                    UNITS,
                    list.length >> 10,
                    (used() - before) / UNITS / parents.size(),
                    (System.nanoTime() - begin) / 1_000_000);
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static byte[] list() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RefsWriter writer = new RefsWriter(bytes, "0123456789ab")) {
            for (int number = 0; number < UNITS; number++) {
                writer.write(new UnitRef(
                        new Unit(
                                449_000_000_000_000_001L,
                                449_000_000_000_000_002L,
                                449_000_000_000_000_000L + number,
                                Unit.Kind.INSERT,
                                "%032x".formatted(number * 7919L),
                                "0123456789ab"),
                        10,
                        10L << 20));
            }
            writer.finish();
        }
        return bytes.toByteArray();
    }
}
