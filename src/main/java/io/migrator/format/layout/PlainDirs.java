package io.migrator.format.layout;

import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitTable;
import java.util.List;
import java.util.Optional;

/** milvus-backup's places: {@code binlogs/insert_log} and {@code binlogs/delta_log} in the backup's own directory. */
final class PlainDirs implements SegmentDirs {
    private static final String INSERT_LOG = "insert_log/";
    private static final String DELTA_LOG = "delta_log/";

    private final String backupDir;
    private final String binlogs;

    PlainDirs(String backupDir) {
        this.backupDir = backupDir;
        this.binlogs = backupDir + "binlogs/";
    }

    @Override
    public String metaDir() {
        return backupDir + "meta/";
    }

    @Override
    public Optional<UnitTable> units() {
        return Optional.empty();
    }

    @Override
    public String dataDir() {
        return binlogs;
    }

    @Override
    public String manifestRoot() {
        return backupDir;
    }

    @Override
    public String insertCollectionDir(long collection) {
        return binlogs + INSERT_LOG + collection + "/";
    }

    @Override
    public String deltaCollectionDir(long collection) {
        return binlogs + DELTA_LOG + collection + "/";
    }

    @Override
    public String insertPartitionDir(long collection, long partition) {
        return insertCollectionDir(collection) + partition + "/";
    }

    @Override
    public String deltaPartitionDir(long collection, long partition) {
        return deltaCollectionDir(collection) + partition + "/";
    }

    @Override
    public String insertGroupDir(SegmentInfo segment) {
        return insertPartitionDir(segment.collectionId(), segment.partitionId()) + group(segment);
    }

    @Override
    public String deltaGroupDir(SegmentInfo segment) {
        return deltaPartitionDir(segment.collectionId(), segment.partitionId()) + group(segment);
    }

    private static String group(SegmentInfo segment) {
        boolean none = segment.groupId() == 0 || segment.partitionId() == VaultLayout.ALL_PARTITIONS;
        return none ? "" : segment.groupId() + "/";
    }

    @Override
    public long collectionOf(String key) {
        for (String kind : List.of(INSERT_LOG, DELTA_LOG)) {
            String dir = binlogs + kind;
            int end = key.startsWith(dir) ? key.indexOf('/', dir.length()) : -1;
            if (end > 0 && key.substring(dir.length(), end).matches("[0-9]{1,18}")) {
                return Long.parseLong(key.substring(dir.length(), end));
            }
        }
        return 0;
    }

    @Override
    public boolean isInsertLog(String key) {
        return key.startsWith(binlogs + INSERT_LOG);
    }

    @Override
    public Optional<Unit> unitOf(String key) {
        return Optional.empty();
    }

    @Override
    public boolean owns(String key) {
        return true;
    }
}
