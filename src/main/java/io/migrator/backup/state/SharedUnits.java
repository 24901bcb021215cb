package io.migrator.backup.state;

import io.migrator.batch.Transactions;
import io.migrator.format.pool.Unit;
import io.migrator.store.StoredObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files of shared units in the job database, as one value a unit: nothing is ever asked or changed of one of them, and
 * with a row for each a night in which nothing changed would cost as much as a whole backup.
 */
public final class SharedUnits {
    private static final String COLUMNS = "path, parent, state, objects, bytes, sources, copies";
    /** Each may have the files of a large segment. */
    private static final int FETCH = 100;

    private static final String OF_ONE = " where collection_id = ? and segment_id = ? and delta = ?";

    private final Transactions transactions;

    SharedUnits(Transactions transactions) {
        this.transactions = transactions;
    }

    /** All of them in the order of listings; the caller closes the stream. */
    public Stream<SharedUnit> byPath() {
        return streaming("");
    }

    /** The same of one collection. */
    public Stream<SharedUnit> byPath(long collection) {
        return streaming(" and collection_id = " + collection);
    }

    private Stream<SharedUnit> streaming(String more) {
        return transactions.stream(
                "select " + COLUMNS + " from backup_unit where parent <> 0" + more + " order by path",
                FETCH,
                SharedUnits::row);
    }

    /** The files of one unit in Milvus' bucket. */
    public List<StoredObject> sources(Unit unit) {
        return transactions
                .jdbc()
                .query(
                        "select sources from backup_unit" + OF_ONE,
                        (result, row) -> PackedObjects.read(result.getBytes(1)),
                        unit.collection(),
                        unit.segment(),
                        unit.kind() == Unit.Kind.DELTA)
                .get(0);
    }

    /** Keeps tags and checksums of the files of units, in the order of their sources. */
    public void learned(Map<Unit, List<StoredObject>> copies) {
        transactions.update(
                "update backup_unit set copies = ?" + OF_ONE,
                copies.entrySet().stream()
                        .map(one -> new Object[] {
                            PackedObjects.of(one.getValue()),
                            one.getKey().collection(),
                            one.getKey().segment(),
                            one.getKey().kind() == Unit.Kind.DELTA
                        })
                        .toList());
    }

    private static SharedUnit row(ResultSet result, int index) throws SQLException {
        byte[] copies = result.getBytes(7);
        return new SharedUnit(
                UnitTables.row(result, index),
                PackedObjects.read(result.getBytes(6)),
                copies == null ? List.of() : PackedObjects.read(copies));
    }
}
