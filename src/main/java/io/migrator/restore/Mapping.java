package io.migrator.restore;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.CollectionName;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a collection of the backup goes: {@code rename=} by name, or {@code suffix=} for all. */
final class Mapping {
    private final Map<CollectionName, CollectionName> renames = new LinkedHashMap<>();
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
                    throw new MigratorException(
                            Failure.USAGE, "'" + pair + "' in rename= is not of the form old:new or db.old:db.new.");
                }
                renames.put(CollectionName.parse(sides[0].strip()), CollectionName.parse(sides[1].strip()));
            }
        }
    }

    CollectionName target(CollectionName source) {
        CollectionName renamed = renames.get(source);
        return renamed != null ? renamed : new CollectionName(source.database(), source.collection() + suffix);
    }

    /** Names that rename= mentions, so that one that the backup lacks can be refused. */
    Iterable<CollectionName> renamed() {
        return renames.keySet();
    }
}
