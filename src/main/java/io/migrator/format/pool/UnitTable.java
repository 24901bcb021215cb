package io.migrator.format.pool;

import io.migrator.format.DamagedMetaException;
import io.migrator.format.pool.Unit.Kind;
import java.io.IOException;
import java.util.AbstractCollection;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The units of a backup in memory, found by their segments: 74 bytes each, since a vault may have a million, and a
 * backup asks up to four of its parents.
 */
public final class UnitTable {
    /** Numbers of a row, in this order: collection, partition, segment, digest (two), run and kind, objects, bytes. */
    private static final int FIELDS = 8;

    private static final int HALF = 16;
    private static final int RUN_DIGITS = 12;
    /** Above the 48 bits of a run. */
    private static final long DELTA = 1L << 48;

    private static final int EMPTY = -1;
    private static final HexFormat HEX = HexFormat.of();

    private long[] rows = new long[16 * FIELDS];
    /** Rows by the hash of their segment and kind, the next free place where that is taken. */
    private int[] places = filled(32);

    private int size;

    /**
     * Reads what is left of a list.
     *
     * @throws DamagedMetaException where it is damaged, or names two states of a segment, of which only one is the backup's
     */
    public static UnitTable of(RefsReader reader) throws IOException {
        UnitTable table = new UnitTable();
        for (UnitRef ref = reader.next(); ref != null; ref = reader.next()) {
            Optional<Unit> other = table.add(ref);
            if (other.isPresent()) {
                throw new DamagedMetaException(
                        "both '" + other.get().path() + "' and '" + ref.unit().path() + "' are named");
            }
        }
        table.rows = Arrays.copyOf(table.rows, table.size * FIELDS);
        return table;
    }

    /** Adds a unit; gives the one that the table has of these logs already, which stays. */
    public Optional<Unit> add(UnitRef ref) {
        Unit unit = ref.unit();
        int place = place(unit.collection(), unit.partition(), unit.segment(), unit.kind());
        if (places[place] != EMPTY) {
            return Optional.of(ref(places[place]).unit());
        }
        int row = size * FIELDS;
        if (row == rows.length) {
            rows = Arrays.copyOf(rows, rows.length + (rows.length / FIELDS / 2 + 16) * FIELDS);
        }
        rows[row] = unit.collection();
        rows[row + 1] = unit.partition();
        rows[row + 2] = unit.segment();
        rows[row + 3] = HexFormat.fromHexDigitsToLong(unit.digest(), 0, HALF);
        rows[row + 4] = HexFormat.fromHexDigitsToLong(unit.digest(), HALF, 2 * HALF);
        rows[row + 5] = HexFormat.fromHexDigitsToLong(unit.run()) | (unit.kind() == Kind.DELTA ? DELTA : 0);
        rows[row + 6] = ref.objects();
        rows[row + 7] = ref.bytes();
        places[place] = size++;
        if (size > places.length / 2) {
            grow();
        }
        return Optional.empty();
    }

    private void grow() {
        places = filled(places.length * 2);
        for (int i = 0; i < size; i++) {
            int row = i * FIELDS;
            places[place(rows[row], rows[row + 1], rows[row + 2], kind(row))] = i;
        }
    }

    private static int[] filled(int length) {
        int[] places = new int[length];
        Arrays.fill(places, EMPTY);
        return places;
    }

    private Kind kind(int row) {
        return (rows[row + 5] & DELTA) == 0 ? Kind.INSERT : Kind.DELTA;
    }

    /** Where the row of these logs is, or would be. */
    private int place(long collection, long partition, long segment, Kind kind) {
        long hash = ((collection * 31 + partition) * 31 + segment) * 2 + (kind == Kind.DELTA ? 1 : 0);
        hash *= 0x9E3779B97F4A7C15L;
        int place = (int) (hash >>> 32) & (places.length - 1);
        while (places[place] != EMPTY && !isOf(places[place] * FIELDS, collection, partition, segment, kind)) {
            place = (place + 1) & (places.length - 1);
        }
        return place;
    }

    private boolean isOf(int row, long collection, long partition, long segment, Kind kind) {
        return rows[row + 2] == segment && rows[row + 1] == partition && rows[row] == collection && kind(row) == kind;
    }

    private UnitRef ref(int index) {
        int row = index * FIELDS;
        Unit unit = new Unit(
                rows[row],
                rows[row + 1],
                rows[row + 2],
                kind(row),
                HEX.toHexDigits(rows[row + 3]) + HEX.toHexDigits(rows[row + 4]),
                HEX.toHexDigits(rows[row + 5] & (DELTA - 1), RUN_DIGITS));
        return new UnitRef(unit, rows[row + 6], rows[row + 7]);
    }

    /** The unit of a segment's insert or delta logs; nothing where the backup has none. */
    public Optional<Unit> find(long collection, long partition, long segment, Kind kind) {
        return ref(collection, partition, segment, kind).map(UnitRef::unit);
    }

    /** All of them, in no order. */
    public Collection<UnitRef> all() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<UnitRef> iterator() {
                return new Each();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private final class Each implements Iterator<UnitRef> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public UnitRef next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ref(next++);
        }
    }

    /** What the backup says of a segment's unit; nothing where it has none. */
    public Optional<UnitRef> ref(long collection, long partition, long segment, Kind kind) {
        int place = places[place(collection, partition, segment, kind)];
        return place == EMPTY ? Optional.empty() : Optional.of(ref(place));
    }

    /** Whether the unit, and not another state of its segment, is of the backup. */
    public boolean names(Unit unit) {
        return find(unit.collection(), unit.partition(), unit.segment(), unit.kind())
                .filter(unit::equals)
                .isPresent();
    }

    public int size() {
        return size;
    }
}
