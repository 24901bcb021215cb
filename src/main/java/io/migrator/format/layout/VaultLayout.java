package io.migrator.format.layout;

import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitTable;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The one place that builds object keys: of a backup in the vault (milvus-backup's layout) and of Milvus' own files.
 * Directories end with {@code /}; nothing starts with one. Keys in the vault are made of ids only: no path that a meta
 * holds is ever used as one.
 */
public final class VaultLayout {
    /** What everything begins with that is only tried out under the root path; policies let it be deleted. */
    public static final String SCRATCH = ".migrator-check-";

    /** The partition of delete-only segments that span all partitions; they have no group directory. */
    public static final long ALL_PARTITIONS = -1;

    private final String name;
    private final String backupDir;
    private final Supplier<SegmentDirs> segments;

    /**
     * @param vaultRoot root path of the vault, may be empty
     * @param backup name of the backup
     * @throws io.migrator.failure.MigratorException USAGE where the name cannot be a directory in the vault
     */
    public VaultLayout(String vaultRoot, String backup) {
        name = BackupName.requireReadable(backup);
        backupDir = join(vaultRoot, name + "/");
        SegmentDirs own = new PlainDirs(backupDir);
        segments = () -> own;
    }

    private VaultLayout(VaultLayout plain, Supplier<SegmentDirs> segments) {
        this.name = plain.name;
        this.backupDir = plain.backupDir;
        this.segments = segments;
    }

    /**
     * The same backup as one of the pool: its logs are those of its units, and its metas lie where milvus-backup does not
     * look, which would take them for those of a backup without files.
     */
    public VaultLayout pooled(PoolLayout pool, UnitTable units) {
        return pooled(pool, () -> units);
    }

    /** The same, with units that are read once where a log is looked for; where that fails, so does whoever looks. */
    public VaultLayout pooled(PoolLayout pool, Supplier<UnitTable> units) {
        SegmentDirs dirs = new PooledDirs(ownDir(), pool, new Once<>(units));
        return new VaultLayout(this, () -> dirs);
    }

    /** The same backup, of which somebody looks where its metas and logs lie once that is asked for. */
    public VaultLayout lookedUp(Supplier<VaultLayout> look) {
        return new VaultLayout(this, new Once<>(() -> look.get().segments.get()));
    }

    /** What to list to find the backups: the root path as a directory, or nothing where the vault is a whole bucket. */
    public static String rootDir(String vaultRoot) {
        return join(vaultRoot, "");
    }

    public static String join(String root, String rest) {
        String trimmed = root.replaceAll("^(\\./|/)+|/+$", "");
        return trimmed.isEmpty() ? rest : trimmed + "/" + rest;
    }

    /** Name of the backup, by which its directory is found. */
    public String name() {
        return name;
    }

    public String backupDir() {
        return backupDir;
    }

    public String metaDir() {
        return segments.get().metaDir();
    }

    public String meta(MetaFile file) {
        return metaDir() + file.fileName();
    }

    /** Directory of the files that only migrator writes and reads. */
    public String ownDir() {
        return backupDir() + "migrator/";
    }

    /** Present from the first write of a backup until its last: a backup that has it is not complete. */
    public String marker() {
        return ownDir() + "incomplete.json";
    }

    /** Held by the run that works on the backup, whatever it does with it; see docs/design.md, "The lease". */
    public String lease() {
        return ownDir() + "lease.json";
    }

    /** Who reads the backup, one file each. */
    public String readersDir() {
        return ownDir() + "readers/";
    }

    public String reader(String id) {
        return readersDir() + id + ".json";
    }

    /** Present while the backup is to stay; see docs/retention.md. */
    public String hold() {
        return ownDir() + "hold.json";
    }

    /** Whether the file is no part of the backup, but says what goes on with it: lease, hold and readers. */
    public boolean tellsOfUse(String key) {
        return key.equals(lease()) || key.equals(hold()) || key.startsWith(readersDir());
    }

    /** The units of the pool that the backup is made of; only an incremental one has it. */
    public String refs() {
        return ownDir() + "refs.txt.gz";
    }

    public String runRecord() {
        return ownDir() + "run.json";
    }

    public String objectManifest() {
        return ownDir() + "objects.jsonl.gz";
    }

    /** Sizes and digests of the files that are no binlogs. */
    public String seal() {
        return ownDir() + "seal.txt";
    }

    /** The seal's HMAC, where the user has a key. */
    public String sealMac() {
        return ownDir() + "seal.mac";
    }

    /** One file for each collection, as Milvus described it. */
    public String schemasDir() {
        return ownDir() + "schemas/";
    }

    public String rawSchema(long collectionId) {
        return schemasDir() + collectionId + ".pb";
    }

    /** The units of an incremental backup; nothing for one whose logs lie in its own directory. */
    public Optional<UnitTable> units() {
        return segments.get().units();
    }

    /** Whether the backup is of the pool. Does not ask for its units. */
    public boolean isPooled() {
        return metaDir().startsWith(ownDir());
    }

    /** Below it lie all logs of the backup; those of a pool with the logs of others. */
    public String dataDir() {
        return segments.get().dataDir();
    }

    /** The unit of the pool that a key lies in; nothing where it lies in none, or the backup is not of the pool. */
    public Optional<Unit> unitOf(String key) {
        return segments.get().unitOf(key);
    }

    /** Whether an object below {@link #dataDir} is for this backup to answer for. */
    public boolean owns(String key) {
        return segments.get().owns(key);
    }

    /** Whether a log of the backup holds rows, and not deletes. */
    public boolean isInsertLog(String key) {
        return segments.get().isInsertLog(key);
    }

    /** A log's key as the object manifest has it. */
    public String inManifest(String key) {
        return key.substring(segments.get().manifestRoot().length());
    }

    /** The key of a log that the object manifest names. */
    public String ofManifest(String relative) {
        return segments.get().manifestRoot() + relative;
    }

    /** All insert logs of a collection. */
    public String insertCollectionDir(long collection) {
        return segments.get().insertCollectionDir(collection);
    }

    /** All delta logs of a collection, those of segments that span all partitions included. */
    public String deltaCollectionDir(long collection) {
        return segments.get().deltaCollectionDir(collection);
    }

    /** The collection that a key under {@link #dataDir} belongs to; 0 where it belongs to none. */
    public long collectionOf(String key) {
        return segments.get().collectionOf(key);
    }

    public String insertPartitionDir(long collection, long partition) {
        return segments.get().insertPartitionDir(collection, partition);
    }

    public String deltaPartitionDir(long collection, long partition) {
        return segments.get().deltaPartitionDir(collection, partition);
    }

    /** Directory that holds the segment directory, or several that share a group; of the pool, that one's unit. */
    public String insertGroupDir(SegmentInfo segment) {
        return segments.get().insertGroupDir(segment);
    }

    public String deltaGroupDir(SegmentInfo segment) {
        return segments.get().deltaGroupDir(segment);
    }

    /** Directory of the insert logs of one segment. */
    public String insertSegmentDir(SegmentInfo segment) {
        return insertGroupDir(segment) + segment.segmentId() + "/";
    }

    /** Directory of the delta logs of one segment. */
    public String deltaSegmentDir(SegmentInfo segment) {
        return deltaGroupDir(segment) + segment.segmentId() + "/";
    }

    public String insertLog(SegmentInfo segment, long field, long log) {
        return insertSegmentDir(segment) + field + "/" + log;
    }

    public String deltaLog(SegmentInfo segment, long log) {
        return deltaSegmentDir(segment) + log;
    }

    /** The insert logs of a segment as they lie in the vault, whichever tool copied them. */
    public Stream<VaultFile> insertFiles(SegmentInfo segment) {
        String dir = insertSegmentDir(segment);
        return segment.insertLogs().stream().flatMap(field -> field.binlogs().stream()
                .map(log -> new VaultFile(dir + field.fieldId() + "/" + log.logId(), log.size())));
    }

    /** The delta logs of a segment as they lie in the vault, whichever tool copied them. */
    public Stream<VaultFile> deltaFiles(SegmentInfo segment) {
        String dir = deltaSegmentDir(segment);
        return segment.deltaLogs().stream()
                .flatMap(field -> field.binlogs().stream())
                .map(log -> new VaultFile(dir + log.logId(), log.size()));
    }

    /** All files of a segment: insert logs, then delta logs. */
    public Stream<VaultFile> files(SegmentInfo segment) {
        return Stream.concat(insertFiles(segment), deltaFiles(segment));
    }

    /** Directory of all files of a partition in Milvus' own bucket; {@code kind} is insert_log or delta_log. */
    public static String milvusPartitionDir(String milvusRoot, String kind, long collection, long partition) {
        return join(milvusRoot, kind + "/" + collection + "/" + partition + "/");
    }

    /** Directory of all files of a collection in Milvus' own bucket. */
    public static String milvusCollectionDir(String milvusRoot, String kind, long collection) {
        return join(milvusRoot, kind + "/" + collection + "/");
    }
}
