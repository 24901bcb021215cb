package io.migrator.backup.state;

import io.migrator.backup.state.PlannedUnit.State;
import io.migrator.batch.Transactions;
import io.migrator.format.own.PoolShare.Amount;
import io.migrator.format.pool.Unit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The units of an incremental backup in the job database, and the backups they are taken from. Files of own units are in the
 * copy plan, those of shared ones in {@link SharedUnits}.
 */
public final class UnitTables {
    private static final String COLUMNS = "path, parent, state, objects, bytes";
    private static final int FETCH = 1000;

    private final JdbcTemplate jdbc;
    private final Transactions transactions;

    UnitTables(Transactions transactions) {
        this.jdbc = transactions.jdbc();
        this.transactions = transactions;
    }

    /** In place of what was planned of the same logs. */
    public void put(List<NewUnit> units) {
        transactions.run(() -> {
            transactions.update(
                    "delete from backup_unit where collection_id = ? and segment_id = ? and delta = ?",
                    units.stream()
                            .map(NewUnit::unit)
                            .map(one -> new Object[] {
                                one.unit().collection(),
                                one.unit().segment(),
                                one.unit().kind() == Unit.Kind.DELTA
                            })
                            .toList());
            transactions.update(
                    "insert into backup_unit (collection_id, segment_id, delta, " + COLUMNS
                            + ", sources) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    units.stream().map(UnitTables::columns).toList());
        });
    }

    private static Object[] columns(NewUnit added) {
        PlannedUnit one = added.unit();
        return new Object[] {
            one.unit().collection(),
            one.unit().segment(),
            one.unit().kind() == Unit.Kind.DELTA,
            one.unit().path() + "/",
            one.parent(),
            one.state().name(),
            one.objects(),
            one.bytes(),
            one.own() ? null : PackedObjects.of(added.sources())
        };
    }

    /** All units in the order of listings; the caller closes the stream. */
    public Stream<PlannedUnit> byPath() {
        return transactions.stream("select " + COLUMNS + " from backup_unit order by path", FETCH, UnitTables::row);
    }

    /** Units that are taken from a backup and are as far as this, in the order of listings; the caller closes the stream. */
    public Stream<PlannedUnit> byPath(UnitParent parent, State state) {
        return transactions.stream(
                "select " + COLUMNS + " from backup_unit where parent = " + parent.id() + " and state = '"
                        + state.name() + "' order by path",
                FETCH,
                UnitTables::row);
    }

    /** The same, all of them at once. */
    public List<PlannedUnit> of(UnitParent parent, State state) {
        return jdbc.query(
                "select " + COLUMNS + " from backup_unit where parent = ? and state = ? order by path",
                UnitTables::row,
                parent.id(),
                state.name());
    }

    /** One that is planned. */
    public PlannedUnit find(Unit unit) {
        return jdbc.query(
                        "select " + COLUMNS
                                + " from backup_unit where collection_id = ? and segment_id = ? and delta = ?",
                        UnitTables::row,
                        unit.collection(),
                        unit.segment(),
                        unit.kind() == Unit.Kind.DELTA)
                .get(0);
    }

    /** How many objects the units of each collection hold that this backup writes. */
    public Map<Long, Long> ownObjectsByCollection() {
        return objectsByCollection("parent = 0");
    }

    /** How many objects the units of each collection hold that are there. */
    public Map<Long, Long> sharedObjectsByCollection() {
        return objectsByCollection("parent <> 0");
    }

    private Map<Long, Long> objectsByCollection(String condition) {
        Map<Long, Long> counts = new HashMap<>();
        jdbc.query(
                "select collection_id, sum(objects) from backup_unit where " + condition + " group by collection_id",
                result -> {
                    counts.put(result.getLong(1), result.getLong(2));
                });
        return counts;
    }

    /** What a parent's manifest says of these is known. */
    public void known(UnitParent parent) {
        jdbc.update("update backup_unit set state = 'KNOWN' where parent = ? and state = 'PLANNED'", parent.id());
    }

    /** Nobody deletes any of them as long as this backup's list names them. */
    public void held() {
        jdbc.update("update backup_unit set state = 'HELD'");
    }

    /** How much was copied by this backup. */
    public Amount copied() {
        return amount("parent = 0");
    }

    /** How much was there. */
    public Amount shared() {
        return amount("parent <> 0");
    }

    private Amount amount(String condition) {
        return jdbc.query(
                        "select count(*), coalesce(sum(objects), 0), coalesce(sum(bytes), 0) from backup_unit where "
                                + condition,
                        (result, row) -> new Amount(result.getLong(1), result.getLong(2), result.getLong(3)))
                .get(0);
    }

    /** The same backup, numbered. */
    public UnitParent numbered(UnitParent parent) {
        return transactions.get(() -> {
            List<UnitParent> there =
                    jdbc.query("select * from backup_parent where name = ?", UnitTables::parent, parent.name());
            return there.stream().filter(parent::sameAs).findFirst().orElseGet(() -> add(parent));
        });
    }

    private UnitParent add(UnitParent parent) {
        Integer last = jdbc.queryForObject("select coalesce(max(id), 0) from backup_parent", Integer.class);
        UnitParent numbered = new UnitParent(
                (last == null ? 0 : last) + 1, parent.name(), parent.runId(), parent.headEtag(), parent.refsEtag());
        jdbc.update(
                "insert into backup_parent (id, name, run_id, head_etag, refs_etag) values (?, ?, ?, ?, ?)",
                numbered.id(),
                numbered.name(),
                numbered.runId(),
                numbered.headEtag(),
                numbered.refsEtag());
        return numbered;
    }

    /** Backups that units in this state are taken from. */
    public List<UnitParent> parents(State state) {
        return parents("state = '" + state.name() + "'");
    }

    /** Backups that units are taken from. */
    public List<UnitParent> parents() {
        return parents("true");
    }

    private List<UnitParent> parents(String condition) {
        return jdbc.query(
                "select id, name, run_id, head_etag, refs_etag from backup_parent where id in"
                        + " (select parent from backup_unit where " + condition + ") order by name, id",
                UnitTables::parent);
    }

    void remove(long collection) {
        jdbc.update("delete from backup_unit where collection_id = ?", collection);
    }

    void clear() {
        jdbc.update("delete from backup_unit");
        jdbc.update("delete from backup_parent");
    }

    static PlannedUnit row(ResultSet result, int index) throws SQLException {
        String path = result.getString(1);
        return new PlannedUnit(
                Unit.parse(path.substring(0, path.length() - 1)).orElseThrow(),
                result.getInt(2),
                State.valueOf(result.getString(3)),
                result.getLong(4),
                result.getLong(5));
    }

    private static UnitParent parent(ResultSet result, int index) throws SQLException {
        return new UnitParent(
                result.getInt("id"),
                result.getString("name"),
                result.getString("run_id"),
                result.getString("head_etag"),
                result.getString("refs_etag"));
    }
}
