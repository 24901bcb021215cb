package io.migrator.catalog;

import io.migrator.catalog.pool.PoolLook;
import io.migrator.catalog.pool.PoolSizes;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.failure.NearestName;
import io.migrator.format.layout.BackupName;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.own.HoldNote;
import io.migrator.format.own.Marker;
import io.migrator.format.own.RunRecord;
import io.migrator.format.pool.Unit;
import io.migrator.lease.Fence;
import io.migrator.store.ObjectStore;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The backups of one vault, made by migrator or milvus-backup. Every method that takes a name fails with USAGE where the
 * name cannot be a directory of the vault; what the store itself reports passes through.
 */
public final class Catalog {
    private final ObjectStore vault;
    private final String rootPath;
    private final SmallFiles files;
    private final PoolUnits units;

    /**
     * @param vault the bucket of the vault; stays open
     * @param vaultRootPath root path of the vault, may be empty
     */
    public Catalog(ObjectStore vault, String vaultRootPath) {
        this.vault = vault;
        this.rootPath = vaultRootPath;
        this.files = new SmallFiles(vault);
        this.units = new PoolUnits(vault, vaultRootPath);
    }

    /**
     * Where the files of a backup lie, looked up once, when that is asked for. Everything that reads metas or logs of a
     * backup has its layout from here. CORRUPT comes from it where the backup is of the pool and its list of units cannot be
     * read.
     */
    public VaultLayout layout(String name) {
        VaultLayout plain = plain(name);
        return plain.lookedUp(() -> look(plain).layout());
    }

    /**
     * Every backup, in the order of names; half-made, half-deleted and damaged ones as well. Reads at most three small
     * objects of each, of many backups at once.
     */
    public List<BackupSummary> list() {
        return new BackupListing(vault, rootPath, units).of(names());
    }

    /**
     * What the pool holds, and what deleting each backup of it would free. Reads the lists of units of all, and a listing
     * of the pool.
     *
     * @param backups as {@link #list} gave them
     */
    public PoolSizes poolSizes(List<BackupSummary> backups) {
        return new PoolLook(vault, rootPath)
                .of(backups.stream()
                        .filter(backup -> backup.kind() == BackupSummary.Kind.POOL)
                        .map(BackupSummary::name)
                        .toList());
    }

    /**
     * The whole backup with its segments. The name it holds may differ from {@code name} where a directory was copied by
     * hand: keys are always built from {@code name}.
     *
     * @throws MigratorException NOT_FOUND with the nearest names, or where the backup is not complete; CORRUPT with the
     *     object and the position where a meta is damaged; UNSUPPORTED for a format other than binlog
     */
    public BackupInfo read(String name) {
        return read(name, vault::open);
    }

    /**
     * The same, of contents that somebody watches.
     *
     * @param opened opens a meta by its key
     */
    public BackupInfo read(String name, Function<String, InputStream> opened) {
        BackupFiles present = require("read", name);
        return new BackupReader(vault, present.layout(), name, opened).read(present);
    }

    /**
     * NOT_FOUND unless there is such a backup and it is complete; UNSUPPORTED where it is of a pool of a form that is not
     * known. Reads no meta.
     */
    public void requireComplete(String name) {
        BackupFiles present = require("verify", name);
        new BackupReader(vault, present.layout(), name, vault::open).requireComplete(present);
    }

    private BackupFiles require(String verb, String name) {
        BackupFiles present = look(plain(name));
        if (!present.isBackup(vault)) {
            throw notFound(verb, name);
        }
        if (present.layout().isPooled()) {
            units.requireKnown();
        }
        return present;
    }

    /** Why there is no complete backup of this name, in words; empty where there is one. Every job and word asks this. */
    public String lacking(String name) {
        return look(plain(name)).missing();
    }

    /** Whether a backup of the pool would be complete, had somebody not taken the list of its units: that is damage. */
    public boolean lostUnits(String name) {
        return look(plain(name)).lostUnits();
    }

    /** Whether there is anything of a backup of this name, a half-made one included. */
    public boolean exists(String name) {
        return look(plain(name)).isBackup(vault);
    }

    /** Who makes, or was making, the backup; empty where it has no marker. CORRUPT where it cannot be read. */
    public Optional<Marker> marker(String name) {
        VaultLayout layout = plain(name);
        return vault.find(layout.marker()).map(object -> files.marker(layout));
    }

    /** Whether, and how long, the backup is to stay; one that cannot be read is for ever. */
    public Optional<HoldNote> hold(String name) {
        return files.hold(plain(name));
    }

    /** Whether a run holds the backup's lease, or died with it; the first versions worked without one. */
    public boolean leased(String name) {
        return vault.find(plain(name).lease()).isPresent();
    }

    /** How the backup was made; empty where migrator did not make it. CORRUPT where it cannot be read. */
    public Optional<RunRecord> runRecord(String name) {
        VaultLayout layout = plain(name);
        return vault.find(layout.runRecord()).map(object -> files.runRecord(layout));
    }

    /** The same, of a content that somebody watches. */
    public Optional<RunRecord> runRecord(String name, Function<String, InputStream> opened) {
        VaultLayout layout = plain(name);
        return vault.find(layout.runRecord()).map(object -> files.runRecord(layout, opened));
    }

    /** The bytes of Milvus' own DescribeCollectionResponse; empty where migrator did not make the backup. */
    public Optional<byte[]> rawSchema(String name, long collectionId) {
        VaultLayout layout = plain(name);
        return vault.find(layout.rawSchema(collectionId)).map(object -> files.rawSchema(layout, collectionId));
    }

    /**
     * Compares the files that the backup names with those in the vault: all there, none else, each of its size and, where
     * migrator made the backup, of its entity tag. Reads listings and the object manifest, no data. A finding is no
     * exception.
     *
     * @param backup what {@link #read} gave for {@code name}
     * @param collectionIds the collections to look at
     */
    public FileCheck checkFiles(String name, BackupInfo backup, Collection<Long> collectionIds) {
        return checkFiles(layout(name), backup, collectionIds, FileVisitor.NONE);
    }

    /**
     * The same, and tells each file.
     *
     * @param layout of the backup, which the caller goes on with: another look might find another list of units
     */
    public FileCheck checkFiles(
            VaultLayout layout, BackupInfo backup, Collection<Long> collectionIds, FileVisitor visitor) {
        return new FileComparison(vault, layout, visitor).run(backup, Set.copyOf(collectionIds), provable(layout));
    }

    /**
     * The same with everything under {@code binlogs/}, also what belongs to no collection, and with all the manifest has; of
     * the pool with all units that the backup names.
     */
    public FileCheck checkAllFiles(VaultLayout layout, BackupInfo backup, FileVisitor visitor) {
        return new FileComparison(vault, layout, visitor).runWhole(backup, provable(layout));
    }

    /** The same with those of its units that are wanted, and nothing of the others'. */
    public FileCheck checkUnits(VaultLayout layout, BackupInfo backup, Predicate<Unit> wanted, FileVisitor visitor) {
        return new FileComparison(vault, layout, wanted, visitor).runWhole(backup, provable(layout));
    }

    private boolean provable(VaultLayout layout) {
        return vault.find(layout.objectManifest()).isPresent();
    }

    /**
     * Deletes everything of a backup but its lease, complete or not. Does not ask whether a run is making it: see
     * {@link #marker} and {@link io.migrator.format.own.Lease}. Killed in the middle, it leaves a backup whose marker says that
     * it is being deleted; the same call finishes it.
     *
     * @param own asked before each request that writes or deletes
     * @param deletion what is done on the way
     * @return the number of objects deleted
     * @throws MigratorException NOT_FOUND with the nearest names where nothing is there
     */
    public long delete(String name, Fence own, Deletion deletion) {
        BackupFiles present = look(plain(name));
        if (!present.isBackup(vault)) {
            throw notFound("delete", name);
        }
        return new BackupDeletion(vault, present.layout(), own, deletion).run();
    }

    /**
     * Fails with CONFLICT where the backup cannot be deleted for good as a whole: by the files that every backup has, and
     * in a bucket that locks by the first 10,000 objects.
     */
    public void requireReleased(String name) {
        new Holds(vault, layout(name)).requireNone(name);
    }

    /** Deletes a backup where nobody else can be at work. */
    public long delete(String name) {
        return delete(name, Fence.NONE, Deletion.ALONE);
    }

    private VaultLayout plain(String name) {
        return new VaultLayout(rootPath, name);
    }

    private BackupFiles look(VaultLayout plain) {
        return BackupFiles.look(vault, plain, units);
    }

    private List<String> names() {
        return vault.listDirectories(VaultLayout.rootDir(rootPath)).stream()
                .filter(BackupName::isReadable)
                .toList();
    }

    private MigratorException notFound(String verb, String name) {
        List<String> nearest =
                NearestName.of(name, names()).stream().filter(this::exists).toList();
        String place = vault.config().display() + "/" + VaultLayout.rootDir(rootPath);
        return MigratorException.unable(
                Failure.NOT_FOUND,
                verb,
                name,
                "there is no such backup under " + place,
                nearest.isEmpty()
                        ? "Run list to see what is there, and check "
                                + vault.config().side().rootPathKey() + "."
                        : "Did you mean '" + String.join("' or '", nearest) + "'?");
    }
}
