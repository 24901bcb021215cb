package io.migrator.launch.state;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The tables in a file of H2. */
record FileForm(Path file) implements TableForm {
    private static final int LATER_MILLIS = 500;

    @Override
    public boolean has(Connection connection, String table) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, null, table, null)) {
            return tables.next();
        }
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        execute(connection, "drop all objects");
    }

    /** In few writes: each of the tables would be one of its own. What comes after them, as the stamp, is written behind them. */
    @Override
    public void make(Connection connection) throws SQLException {
        execute(connection, "set write_delay " + LATER_MILLIS);
        for (String script : new String[] {"org/springframework/batch/core/schema-h2.sql", "migrator-schema.sql"}) {
            new ResourceDatabasePopulator(new ClassPathResource(script)).populate(connection);
        }
        execute(connection, "set write_delay 0");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public String display() {
        return file + ".mv.db";
    }

    @Override
    public String thing() {
        return "file";
    }
}
