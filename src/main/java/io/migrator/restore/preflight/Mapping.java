package io.migrator.restore.preflight;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.selection.CollectionName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where a collection of the backup goes: {@code rename=} by name, or {@code suffix=} for all. The forms of {@code rename=}
 * are milvus-backup's: {@code old:new}, {@code db.old:db.new}, {@code db1.*:db2.*} for a whole database, {@code db1.:db2.}
 * for a database without its collections. A name written out beats its database; what nothing names stays as it is.
 */
final class Mapping {
    private static final String ALL = "*";

    private final Map<CollectionName, CollectionName> renames = new LinkedHashMap<>();
    private final Map<String, String> wholeDatabases = new LinkedHashMap<>();
    private final Map<String, String> bareDatabases = new HashMap<>();
    private final String suffix;

    Mapping(String suffix, String rename) {
        this.suffix = suffix;
        if (!suffix.isEmpty() && !rename.isEmpty()) {
            throw new MigratorException(Failure.USAGE, "suffix= and rename= exclude each other. Give one of them.");
        }
        for (String pair : rename.split(",", -1)) {
            if (!pair.isBlank()) {
                String[] sides = pair.strip().split(":", -1);
                if (sides.length != 2 || sides[0].isBlank() || sides[1].isBlank()) {
                    throw malformed(pair);
                }
                add(pair, CollectionName.parse(sides[0].strip()), CollectionName.parse(sides[1].strip()));
            }
        }
    }

    private void add(String pair, CollectionName from, CollectionName to) {
        boolean whole = from.collection().equals(ALL);
        boolean bare = from.collection().isEmpty();
        if (whole != to.collection().equals(ALL)
                || bare != to.collection().isEmpty()
                || from.database().isEmpty()
                || to.database().isEmpty()) {
            throw malformed(pair);
        }
        Object before = whole
                ? wholeDatabases.put(from.database(), to.database())
                : bare ? bareDatabases.put(from.database(), to.database()) : renames.put(from, to);
        Object now = whole || bare ? to.database() : to;
        if (before != null && !before.equals(now)) {
            throw new MigratorException(
                    Failure.USAGE, "rename= gives '" + from + "' two new names: " + before + " and " + now + ".");
        }
    }

    private static MigratorException malformed(String pair) {
        return new MigratorException(
                Failure.USAGE,
                "'" + pair + "' in rename= is not of the form old:new, db.old:db.new or db1.*:db2.*,"
                        + " the same on both sides.");
    }

    CollectionName target(CollectionName source) {
        CollectionName renamed = renames.get(source);
        if (renamed != null) {
            return renamed;
        }
        String database = wholeDatabases.getOrDefault(source.database(), source.database());
        return new CollectionName(database, source.collection() + suffix);
    }

    /** What a database of the backup is called afterwards. */
    String database(String source) {
        return bareDatabases.getOrDefault(source, wholeDatabases.getOrDefault(source, source));
    }

    /** Names that rename= mentions, so that one that the backup lacks can be refused. */
    Set<CollectionName> renamed() {
        return renames.keySet();
    }

    /** Databases that rename= mentions as a whole. */
    Set<String> renamedDatabases() {
        return wholeDatabases.keySet();
    }
}
