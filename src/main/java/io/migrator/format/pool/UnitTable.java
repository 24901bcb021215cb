package io.migrator.format.pool;

import io.migrator.format.DamagedMetaException;
import io.migrator.format.pool.Unit.Kind;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The units of a complete backup in memory, found by their segments: some 100 bytes each, with two units a segment. */
public final class UnitTable {
    private final Map<State, UnitRef> refs = new HashMap<>();

    private record State(long collection, long partition, long segment, Kind kind) {
        static State of(Unit unit) {
            return new State(unit.collection(), unit.partition(), unit.segment(), unit.kind());
        }
    }

    /**
     * Reads what is left of a list.
     *
     * @throws DamagedMetaException where it is damaged, or names two states of a segment, of which only one is the backup's
     */
    public static UnitTable of(RefsReader reader) throws IOException {
        UnitTable table = new UnitTable();
        for (UnitRef ref = reader.next(); ref != null; ref = reader.next()) {
            UnitRef other = table.refs.put(State.of(ref.unit()), ref);
            if (other != null) {
                throw new DamagedMetaException(
                        "both '" + other.unit().path() + "' and '" + ref.unit().path() + "' are named");
            }
        }
        return table;
    }

    /** The unit of a segment's insert or delta logs; nothing where the backup has none. */
    public Optional<Unit> find(long collection, long partition, long segment, Kind kind) {
        return ref(collection, partition, segment, kind).map(UnitRef::unit);
    }

    /** All of them, in no order. */
    public Collection<UnitRef> all() {
        return Collections.unmodifiableCollection(refs.values());
    }

    /** What the backup says of a segment's unit; nothing where it has none. */
    public Optional<UnitRef> ref(long collection, long partition, long segment, Kind kind) {
        return Optional.ofNullable(refs.get(new State(collection, partition, segment, kind)));
    }

    /** Whether the unit, and not another state of its segment, is of the backup. */
    public boolean names(Unit unit) {
        UnitRef ref = refs.get(State.of(unit));
        return ref != null && ref.unit().equals(unit);
    }

    public int size() {
        return refs.size();
    }
}
