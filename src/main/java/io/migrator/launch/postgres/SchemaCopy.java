package io.migrator.launch.postgres;

import io.migrator.launch.state.FolderStores;
import io.migrator.launch.state.JobStore;
import io.migrator.launch.state.JobStores;
import io.migrator.launch.state.StateCopy;
import io.migrator.launch.state.StateFile;
import io.migrator.launch.state.StateVersion;
import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What a dry run is given of a schema: a file of H2 with its rows, in a folder that goes with it. So it decides as the run
 * would, and the server keeps no trace. Plans of copies and of readings are made anew by every dry run and stay behind.
 */
final class SchemaCopy {
    /** What each version has, and enough to refuse another's. */
    private static final List<String> OF_ANY = List.of("RUN_FACT", "BATCH_JOB_INSTANCE", "BATCH_JOB_EXECUTION");

    private static final List<String> OF_THIS = List.of(
            "BATCH_JOB_EXECUTION_PARAMS",
            "BACKUP_COLLECTION",
            "BACKUP_DATABASE",
            "RESTORE_COLLECTION",
            "RESTORE_EXISTING",
            "RESTORE_BEFORE",
            "IMPORT_JOB",
            "IMPORT_FILE");
    private static final int BATCH = 1000;

    private final Connection from;
    private final SchemaForm form;

    SchemaCopy(Connection from, SchemaForm form) {
        this.from = from;
        this.form = form;
    }

    JobStores into(StateFile state, UnaryOperator<DataSource> seen) throws SQLException {
        StateCopy folder = StateCopy.empty();
        boolean whole = false;
        try {
            try (JobStore store =
                    FolderStores.of(folder, UnaryOperator.identity()).open(state)) {
                fill(store);
            }
            whole = true;
            return FolderStores.of(folder, seen);
        } finally {
            if (!whole) {
                folder.close();
            }
        }
    }

    private void fill(JobStore store) throws SQLException {
        List<String> tables = new ArrayList<>(OF_ANY);
        if (new StateVersion(form).current(from)) {
            tables.addAll(OF_THIS);
            if (form.has(from, "EXPIRE_BACKUP")) {
                store.transactions().script("migrator-expire.sql");
                tables.add("EXPIRE_BACKUP");
            }
        }
        for (String table : tables) {
            if (form.has(from, table)) {
                copy(table, store.jdbc());
            }
        }
    }

    private void copy(String table, JdbcTemplate to) {
        JdbcTemplate rows = new JdbcTemplate(new SingleConnectionDataSource(from, true));
        to.update("delete from " + table);
        List<Object[]> waiting = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        rows.query("select * from %s.%s".formatted(form.schema(), table), row -> {
            if (columns.isEmpty()) {
                ResultSetMetaData meta = row.getMetaData();
                for (int i = 1; i <= meta.getColumnCount(); i++) {
                    columns.add(meta.getColumnName(i));
                }
            }
            Object[] values = new Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.getObject(i + 1);
            }
            waiting.add(values);
            if (waiting.size() == BATCH) {
                insert(table, columns, waiting, to);
            }
        });
        insert(table, columns, waiting, to);
    }

    private static void insert(String table, List<String> columns, List<Object[]> rows, JdbcTemplate to) {
        if (!rows.isEmpty()) {
            to.batchUpdate(
                    "insert into %s (%s) values (%s)"
                            .formatted(
                                    table,
                                    String.join(", ", columns),
                                    String.join(", ", Collections.nCopies(columns.size(), "?"))),
                    rows);
            rows.clear();
        }
    }
}
