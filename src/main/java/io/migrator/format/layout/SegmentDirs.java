package io.migrator.format.layout;

import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitTable;
import java.util.Optional;

/** Where the logs of a backup's segments lie. Every directory ends with a slash. */
interface SegmentDirs {
    /** Where the metas lie. */
    String metaDir();

    /** The units of an incremental backup; nothing for one whose logs lie in its own directory. */
    Optional<UnitTable> units();

    /** Below it lie all logs of the backup; the keys of its object manifest are relative to {@link #manifestRoot}. */
    String dataDir();

    String manifestRoot();

    String insertCollectionDir(long collection);

    String deltaCollectionDir(long collection);

    String insertPartitionDir(long collection, long partition);

    String deltaPartitionDir(long collection, long partition);

    /** What an import can name for the segment: it holds the segment's directory, and maybe others. */
    String insertGroupDir(SegmentInfo segment);

    String deltaGroupDir(SegmentInfo segment);

    /** The collection that a key under {@link #dataDir} belongs to; 0 where it belongs to none. */
    long collectionOf(String key);

    /** Whether a log of the backup holds rows, and not deletes. */
    boolean isInsertLog(String key);

    /** The unit of the pool that a key lies in; nothing where it lies in none. */
    Optional<Unit> unitOf(String key);

    /** Whether an object in one of the directories is for this backup to answer for. */
    boolean owns(String key);
}
