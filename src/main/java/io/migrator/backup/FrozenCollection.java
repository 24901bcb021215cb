package io.migrator.backup;

/**
 * A collection that the backup is of, as it was found when the backup began.
 *
 * @param flushed whether its rows are sealed already
 */
record FrozenCollection(long id, String database, String name, boolean flushed) {
    String qualifiedName() {
        return database + "." + name;
    }
}
