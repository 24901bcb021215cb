package io.migrator.launch.postgres;

import io.migrator.launch.state.TableForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.springframework.core.io.ClassPathResource;

/**
 * The tables in a schema of PostgreSQL. The script of this program is the one that makes them in a file: the types have other
 * names here, and texts are compared byte by byte, as stores order their keys; by the rules of a language objects would look
 * missing and strange, and strange ones are deleted.
 */
record SchemaForm(String schema, String display) implements TableForm {
    @Override
    public boolean has(Connection connection, String table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select to_regclass(?) is not null")) {
            query.setString(1, schema + "." + table.toLowerCase(Locale.ROOT));
            try (ResultSet result = query.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop schema if exists " + schema + " cascade; create schema " + schema);
        }
    }

    /** All statements at once: the server takes them as one transaction, so that its disk and the network are waited for once. */
    @Override
    public void make(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    read("org/springframework/batch/core/schema-postgresql.sql") + script("migrator-schema.sql"));
        }
    }

    static String script(String name) {
        return read(name)
                .replaceAll("\\bclob\\b", "text collate \"C\"")
                .replaceAll("\\bblob\\b", "bytea")
                .replaceAll("\\bvarchar\\((\\d+)\\)", "varchar($1) collate \"C\"");
    }

    private static String read(String name) {
        try (InputStream in = new ClassPathResource(name).getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String thing() {
        return "schema";
    }
}
