package io.migrator.retention.sweep;

import io.migrator.failure.Failure;
import io.migrator.failure.FirstNames;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.pool.RefsReader;
import io.migrator.format.pool.UnitRef;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The units that backups name, read out of every directory of the vault, whatever state its backup is in. What cannot be read
 * may name anything.
 */
final class NamedUnits {
    private static final int NAMES_SHOWN = 10;

    private final ObjectStore vault;
    private final String root;
    private final Runnable stop;
    /** What could not be read, by directory, with the cause. */
    private final Map<String, String> unreadable = new TreeMap<>();
    /** Entity tags of the lists that were read, by their directories. */
    private final Map<String, String> seen = new HashMap<>();

    /** @param stop called now and then; ends the reading by failing */
    NamedUnits(ObjectStore vault, Runnable stop) {
        this.vault = vault;
        this.root = vault.config().rootPath();
        this.stop = stop;
    }

    /** Gets what a directory names. */
    interface Visitor {
        void unit(String directory, UnitRef ref);
    }

    /**
     * Reads the lists that were not read yet, or are others by now: one after the other, each as it is when its turn comes.
     *
     * @param wanted whether what a directory names matters
     * @throws MigratorException CORRUPT where one cannot be read, once all others were
     */
    void read(Predicate<String> wanted, Visitor visitor) {
        unreadable.clear();
        for (String directory : vault.listDirectories(VaultLayout.rootDir(root))) {
            stop.run();
            if (!directory.equals(PoolLayout.NAME) && wanted.test(directory)) {
                try {
                    readOne(directory, visitor);
                } catch (DamagedMetaException e) {
                    unreadable.put(directory, String.valueOf(e.getMessage()));
                }
            }
        }
        if (!unreadable.isEmpty()) {
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "sweep",
                    vault.config().display() + "/" + new PoolLayout(root).dir(),
                    "what these backups need cannot be read: " + FirstNames.of(told(), NAMES_SHOWN, ", "),
                    "Nothing was swept. Run verify on them; what is not needed can be deleted.");
        }
    }

    private List<String> told() {
        return unreadable.entrySet().stream()
                .map(one -> "'%s' (%s)".formatted(one.getKey(), one.getValue()))
                .toList();
    }

    /** The directories of which the last reading could not tell what they name. */
    Set<String> unreadable() {
        return Set.copyOf(unreadable.keySet());
    }

    private void readOne(String directory, Visitor visitor) throws DamagedMetaException {
        PoolLayout pool = new PoolLayout(root);
        String refs = pool.refsOf(directory);
        Map<String, String> tags;
        try (Stream<StoredObject> files = vault.list(pool.ownDirOf(directory))) {
            tags = files.takeWhile(file -> file.key().compareTo(refs) <= 0)
                    .collect(Collectors.toMap(StoredObject::key, StoredObject::etag));
        }
        String tag = tags.get(refs);
        if (tag == null) {
            String metas = pool.ownDirOf(directory) + "meta/";
            if (tags.containsKey(metas + MetaFile.BACKUP.fileName())
                    && tags.containsKey(metas + MetaFile.FULL.fileName())) {
                throw new DamagedMetaException("it is a backup of the pool, but its list of units is missing");
            }
        } else if (!tag.equals(seen.get(directory))) {
            readList(directory, refs, visitor);
            seen.put(directory, tag);
        }
    }

    private void readList(String directory, String refs, Visitor visitor) throws DamagedMetaException {
        try (RefsReader reader = new RefsReader(vault.open(refs))) {
            int units = 0;
            for (UnitRef ref = reader.next(); ref != null; ref = reader.next()) {
                visitor.unit(directory, ref);
                if (units++ % 1000 == 0) {
                    stop.run();
                }
            }
        } catch (DamagedMetaException e) {
            throw e;
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.UNREACHABLE,
                    "read",
                    refs,
                    "the connection broke: " + e.getMessage(),
                    "Run the same command again.",
                    e);
        } catch (MigratorException e) {
            // Deleted since it was listed.
            if (e.failure() != Failure.NOT_FOUND) {
                throw e;
            }
        }
    }
}
