package io.migrator.restore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The import jobs of a restore, one row each, in the job database. Every change is committed before the call it is about. */
final class ImportLedger {
    private static final String COLUMNS = "unit, source_id, partition_name, insert_dir, delta_dir, expected_rows,"
            + " bytes, state, job_id, imported_rows, attempts";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;

    ImportLedger(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.transactions =
                new TransactionTemplate(new JdbcTransactionManager(Objects.requireNonNull(jdbc.getDataSource())));
    }

    /** Adds all units of a collection at once: a restart finds them all or none. */
    void addAll(long sourceId, List<ImportPlanner.Bin> bins) {
        Long highest = jdbc.queryForObject("select coalesce(max(unit), 0) from import_ledger", Long.class);
        long[] unit = {highest == null ? 0 : highest};
        transactions.executeWithoutResult(status -> jdbc.batchUpdate(
                "insert into import_ledger (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, 'PLANNED', 0, 0, 0)",
                bins.stream()
                        .map(bin -> new Object[] {
                            ++unit[0],
                            sourceId,
                            bin.partition(),
                            bin.insertDir(),
                            bin.deltaDir(),
                            bin.rows(),
                            bin.bytes()
                        })
                        .toList()));
    }

    void update(ImportUnit unit) {
        jdbc.update(
                "update import_ledger set state = ?, job_id = ?, imported_rows = ?, attempts = ? where unit = ?",
                unit.state().name(),
                unit.jobId(),
                unit.importedRows(),
                unit.attempts(),
                unit.unit());
    }

    List<ImportUnit> open() {
        return query("where state <> 'IMPORTED'");
    }

    List<ImportUnit> of(long sourceId) {
        return query("where source_id = ?", sourceId);
    }

    boolean knowsJob(long jobId) {
        return !query("where job_id = ?", jobId).isEmpty();
    }

    void clear() {
        jdbc.update("delete from import_ledger");
    }

    void forget(long sourceId) {
        jdbc.update("delete from import_ledger where source_id = ?", sourceId);
    }

    private List<ImportUnit> query(String where, Object... arguments) {
        return jdbc.query(
                "select " + COLUMNS + " from import_ledger " + where + " order by unit", ImportLedger::row, arguments);
    }

    private static ImportUnit row(ResultSet result, int index) throws SQLException {
        return new ImportUnit(
                result.getLong(1),
                result.getLong(2),
                result.getString(3),
                result.getString(4),
                result.getString(5),
                result.getLong(6),
                result.getLong(7),
                ImportUnit.State.valueOf(result.getString(8)),
                result.getLong(9),
                result.getLong(10),
                result.getInt(11));
    }
}
