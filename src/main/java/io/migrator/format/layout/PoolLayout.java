package io.migrator.format.layout;

import io.migrator.format.pool.Unit;
import java.util.Optional;

/**
 * Keys of the pool that the incremental backups of one vault share. Its directory is no backup's: a name of one has no
 * hyphen. A unit's directory holds one directory named as its segment, as an import wants it, and that nothing but logs.
 */
public final class PoolLayout {
    /** The pool's directory under the vault's root path. */
    public static final String NAME = "migrator-pool";

    private final String root;
    private final String dir;

    /** @param vaultRoot root path of the vault, may be empty */
    public PoolLayout(String vaultRoot) {
        root = VaultLayout.rootDir(vaultRoot);
        dir = VaultLayout.join(vaultRoot, NAME + "/");
    }

    public String dir() {
        return dir;
    }

    /** Says which form the pool has; written before anything else of it. */
    public String note() {
        return dir + "pool.json";
    }

    /** Held by the run that deletes backups of the pool, or sweeps it. */
    public String deleterLease() {
        return dir + "deleter.json";
    }

    /** Of those who read all of it with the help of others, one file each. */
    public String readersDir() {
        return dir + "readers/";
    }

    public String reader(String id) {
        return readersDir() + id + ".json";
    }

    /** Where a directory of the vault has migrator's own files, whatever its name: one that is no backup's has none. */
    public String ownDirOf(String directory) {
        return root + directory + "/migrator/";
    }

    /** The list of units in a directory of the vault. */
    public String refsOf(String directory) {
        return ownDirOf(directory) + "refs.txt.gz";
    }

    public String dataDir() {
        return dir + "data/";
    }

    /** All units of a collection. */
    public String collectionDir(long collection) {
        return dataDir() + collection + "/";
    }

    /** All units of a partition, or of what spans all of them. */
    public String partitionDir(long collection, long partition) {
        return collectionDir(collection) + partition + "/";
    }

    /** All states of the unit's segment. */
    public String segmentUnitsDir(Unit unit) {
        return partitionDir(unit.collection(), unit.partition()) + unit.segment() + "/";
    }

    public String unitDir(Unit unit) {
        return dataDir() + unit.path() + "/";
    }

    /** The one directory in a unit: of its segment. */
    public String segmentDir(Unit unit) {
        return unitDir(unit) + unit.segment() + "/";
    }

    /** The unit that an object of the pool belongs to; nothing for what lies elsewhere. */
    public Optional<Unit> unitOf(String key) {
        if (!key.startsWith(dataDir())) {
            return Optional.empty();
        }
        String rest = key.substring(dataDir().length());
        int end = -1;
        for (int slashes = 0; slashes < 4; slashes++) {
            end = rest.indexOf('/', end + 1);
            if (end < 0) {
                return Optional.empty();
            }
        }
        return Unit.parse(rest.substring(0, end));
    }
}
