package io.migrator.fake.rpc;

/**
 * Who calls, as the headers say.
 *
 * @param user empty where none was given
 * @param database of the {@code dbname} header; empty where there was none
 */
public record Caller(String user, String database) {
    /** The database that a request means: its own field goes before the header, and neither is the default one. */
    public String databaseOf(String requested) {
        if (!requested.isEmpty()) {
            return requested;
        }
        return database.isEmpty() ? "default" : database;
    }
}
