package io.migrator.backup.pool;

import io.migrator.format.own.ObjectEntry;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of an object manifest about one unit. */
final class UnitEntries {
    private static final int PARTS = 4;

    private final Unit unit;
    private final String dir;
    private final String files;

    private UnitEntries(Unit unit) {
        this.unit = unit;
        this.dir = unit.path() + "/";
        this.files = dir + unit.segment() + "/";
    }

    /** Of the unit that an object lies in; empty where it lies in none. */
    static Optional<UnitEntries> of(String key) {
        int end = -1;
        for (int i = 0; i < PARTS; i++) {
            end = key.indexOf('/', end + 1);
            if (end < 0) {
                return Optional.empty();
            }
        }
        return Unit.parse(key.substring(0, end)).map(UnitEntries::new);
    }

    Unit unit() {
        return unit;
    }

    boolean has(String key) {
        return key.startsWith(dir);
    }

    /**
     * Whether these are the files that the unit's name tells, all of them and no others: the name has a digest over number,
     * size and source tag of each, and the plan chose the unit because Milvus' bucket lists just these now.
     */
    boolean are(List<ObjectEntry> entries) {
        List<UnitDigest.File> told = new ArrayList<>(entries.size());
        for (ObjectEntry entry : entries) {
            Optional<UnitDigest.File> file = file(entry);
            if (file.isEmpty()) {
                return false;
            }
            told.add(file.get());
        }
        return UnitDigest.of(unit.kind(), told).equals(unit.digest());
    }

    private Optional<UnitDigest.File> file(ObjectEntry entry) {
        if (!entry.key().startsWith(files) || entry.sourceEtag().isEmpty()) {
            return Optional.empty();
        }
        String rest = entry.key().substring(files.length());
        int slash = rest.indexOf('/');
        boolean insert = unit.kind() == Unit.Kind.INSERT;
        if (insert != slash > 0) {
            return Optional.empty();
        }
        try {
            long field = insert ? Long.parseLong(rest.substring(0, slash)) : 0;
            long log = Long.parseLong(rest.substring(slash + 1));
            return Optional.of(new UnitDigest.File(field, log, entry.size(), entry.sourceEtag()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
