package io.migrator.launch.state;

import java.sql.Connection;
import java.sql.SQLException;

/** How a database of one engine is asked for the tables of a job, emptied and filled with them. */
public interface TableForm {
    /** @param table in capital letters */
    boolean has(Connection connection, String table) throws SQLException;

    /** Leaves nothing in it. */
    void empty(Connection connection) throws SQLException;

    /** Makes Batch's tables and those of this program. */
    void make(Connection connection) throws SQLException;

    /** How messages name the database. */
    String display();

    /** What of it {@code resume=restart} puts aside. */
    String thing();
}
