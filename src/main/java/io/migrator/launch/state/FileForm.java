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
    @Override
    public boolean has(Connection connection, String table) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, null, table, null)) {
            return tables.next();
        }
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop all objects");
        }
    }

    @Override
    public void make(Connection connection) {
        for (String script : new String[] {"org/springframework/batch/core/schema-h2.sql", "migrator-schema.sql"}) {
            new ResourceDatabasePopulator(new ClassPathResource(script)).populate(connection);
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
