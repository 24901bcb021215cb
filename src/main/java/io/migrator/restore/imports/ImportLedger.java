package io.migrator.restore.imports;

import io.migrator.batch.Transactions;
import io.migrator.milvus.ImportOrder.Dirs;
import io.migrator.report.Stage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The import jobs of a restore, one row each, in the job database. A change is on the disk before the call it is about. */
public final class ImportLedger {
    private static final String COLUMNS = "unit, source_id, turn, partition_name, place, storage_version, deletes,"
            + " expected_rows, bytes, state, changed_at, job_id, imported_rows, attempts";

    private final JdbcTemplate jdbc;
    private final Transactions transactions;

    public ImportLedger(Transactions transactions) {
        this.jdbc = transactions.jdbc();
        this.transactions = transactions;
    }

    /** Adds all units of a collection at once: a restart finds them all or none. */
    public void addAll(long sourceId, List<ImportBin> bins) {
        Long highest = jdbc.queryForObject("select coalesce(max(unit), 0) from import_job", Long.class);
        long unit = highest == null ? 0 : highest;
        List<Object[]> rows = new ArrayList<>();
        List<Object[]> files = new ArrayList<>();
        for (ImportBin bin : bins) {
            unit++;
            rows.add(new Object[] {
                unit,
                sourceId,
                bin.turn(),
                bin.partition(),
                bin.place(),
                bin.storageVersion(),
                bin.hasDeletes(),
                bin.rows(),
                bin.bytes()
            });
            int position = 0;
            for (Dirs dirs : bin.dirs()) {
                files.add(new Object[] {unit, position++, dirs.insertDir(), dirs.deltaDir()});
            }
        }
        transactions.run(() -> {
            jdbc.batchUpdate(
                    "insert into import_job (" + COLUMNS
                            + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'PLANNED', 0, 0, 0, 0)",
                    rows);
            jdbc.batchUpdate(
                    "insert into import_file (unit, position, insert_dir, delta_dir) values (?, ?, ?, ?)", files);
        });
    }

    /** The directories of a unit, in order. */
    List<Dirs> dirs(long unit) {
        return jdbc.query(
                "select insert_dir, delta_dir from import_file where unit = ? order by position",
                (result, index) -> new Dirs(result.getString(1), result.getString(2)),
                unit);
    }

    /** The same, and on the disk when it returns: the calls that follow may rest on it. */
    void promise(List<ImportUnit> units) {
        transactions.promise(() -> update(units));
    }

    /** Has all that it says on the disk when it returns. */
    void force() {
        transactions.force();
    }

    void update(ImportUnit unit) {
        update(List.of(unit));
    }

    /** All of them or none. */
    void update(List<ImportUnit> units) {
        List<Object[]> rows = units.stream()
                .map(unit -> new Object[] {
                    unit.state().name(),
                    unit.changedAt(),
                    unit.jobId(),
                    unit.importedRows(),
                    unit.attempts(),
                    unit.unit()
                })
                .toList();
        transactions.run(() -> jdbc.batchUpdate(
                "update import_job set state = ?, changed_at = ?, job_id = ?, imported_rows = ?, attempts = ?"
                        + " where unit = ?",
                rows));
    }

    public List<ImportUnit> open() {
        return query("where state <> 'IMPORTED'");
    }

    /** The stage that works off what is open. */
    public Stage stage(List<ImportUnit> open) {
        List<ImportUnit> done = query("where state = 'IMPORTED'");
        return Stage.goingOn("import", Stage.Unit.JOB, done.size(), open.size(), bytes(done), bytes(open));
    }

    private static long bytes(List<ImportUnit> units) {
        return units.stream().mapToLong(ImportUnit::bytes).sum();
    }

    public List<ImportUnit> of(long sourceId) {
        return query("where source_id = ?", sourceId);
    }

    ImportUnit get(long unit) {
        return query("where unit = ?", unit).get(0);
    }

    boolean knowsJob(long jobId) {
        return !query("where job_id = ?", jobId).isEmpty();
    }

    public void clear() {
        transactions.run(() -> {
            jdbc.update("delete from import_file");
            jdbc.update("delete from import_job");
        });
    }

    public void forget(long sourceId) {
        transactions.run(() -> {
            jdbc.update(
                    "delete from import_file where unit in (select unit from import_job where source_id = ?)",
                    sourceId);
            jdbc.update("delete from import_job where source_id = ?", sourceId);
        });
    }

    private List<ImportUnit> query(String where, Object... arguments) {
        return jdbc.query(
                "select " + COLUMNS + " from import_job " + where + " order by unit", ImportLedger::row, arguments);
    }

    private static ImportUnit row(ResultSet result, int index) throws SQLException {
        return new ImportUnit(
                result.getLong(1),
                result.getLong(2),
                result.getInt(3),
                result.getString(4),
                result.getString(5),
                result.getLong(6),
                result.getBoolean(7),
                result.getLong(8),
                result.getLong(9),
                ImportUnit.State.valueOf(result.getString(10)),
                result.getLong(11),
                result.getLong(12),
                result.getLong(13),
                result.getInt(14));
    }
}
