package io.migrator.format.layout;

import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.Unit.Kind;
import io.migrator.format.pool.UnitTable;
import java.util.Optional;
import java.util.function.Supplier;

/** The places of an incremental backup: its units in the pool, of which other backups have their own beside them. */
final class PooledDirs implements SegmentDirs {
    /** A name that no unit can have, for logs that the backup has none of. */
    private static final String NO_UNIT = "none/";

    private final String ownDir;
    private final PoolLayout pool;
    private final Supplier<UnitTable> units;

    /**
     * @param ownDir what migrator alone writes and reads of the backup: milvus-backup would take metas elsewhere for those
     *     of a backup without files
     * @param units asked only for what lies in them
     */
    PooledDirs(String ownDir, PoolLayout pool, Supplier<UnitTable> units) {
        this.ownDir = ownDir;
        this.pool = pool;
        this.units = units;
    }

    @Override
    public String metaDir() {
        return ownDir + "meta/";
    }

    @Override
    public Optional<UnitTable> units() {
        return Optional.of(units.get());
    }

    @Override
    public String dataDir() {
        return pool.dataDir();
    }

    @Override
    public String manifestRoot() {
        return pool.dataDir();
    }

    @Override
    public String insertCollectionDir(long collection) {
        return pool.collectionDir(collection);
    }

    @Override
    public String deltaCollectionDir(long collection) {
        return pool.collectionDir(collection);
    }

    @Override
    public String insertPartitionDir(long collection, long partition) {
        return pool.collectionDir(collection) + partition + "/";
    }

    @Override
    public String deltaPartitionDir(long collection, long partition) {
        return insertPartitionDir(collection, partition);
    }

    @Override
    public String insertGroupDir(SegmentInfo segment) {
        return unitDir(segment, Kind.INSERT);
    }

    @Override
    public String deltaGroupDir(SegmentInfo segment) {
        return unitDir(segment, Kind.DELTA);
    }

    private String unitDir(SegmentInfo segment, Kind kind) {
        return units.get()
                .find(segment.collectionId(), segment.partitionId(), segment.segmentId(), kind)
                .map(pool::unitDir)
                .orElseGet(() -> insertPartitionDir(segment.collectionId(), segment.partitionId()) + segment.segmentId()
                        + "/" + NO_UNIT);
    }

    @Override
    public long collectionOf(String key) {
        return pool.unitOf(key).map(Unit::collection).orElse(0L);
    }

    @Override
    public boolean isInsertLog(String key) {
        return pool.unitOf(key).filter(unit -> unit.kind() == Kind.INSERT).isPresent();
    }

    @Override
    public Optional<Unit> unitOf(String key) {
        return pool.unitOf(key);
    }

    @Override
    public boolean owns(String key) {
        return pool.unitOf(key).filter(units.get()::names).isPresent();
    }
}
