package io.migrator.backup.state;

/**
 * A collection that the backup is of, as it was found when the backup began.
 *
 * @param flushed whether its rows are sealed already
 */
public record FrozenCollection(long id, String database, String name, boolean flushed) {
    public String qualifiedName() {
        return database + "." + name;
    }
}
