package io.migrator.milvus;

import java.util.List;
import java.util.stream.Stream;

/**
 * What one import job is asked to bring in.
 *
 * @param partition empty for deletes that concern all partitions
 * @param dirs directories in Milvus' own bucket; 2.3 takes one pair a job, later servers 1,024 segments in all of them
 * @param deletesOnly whether these are L0 segments: deletes of rows that earlier jobs brought, without rows of their own
 * @param storageVersion of the segments; 0 and 1 are classic binlogs
 * @param until hybrid timestamp after which rows and deletes do not count, where the server can be told; 0 for all
 * @param encryptionKey of the database they come from ({@code ezk}), empty where it was not encrypted
 */
public record ImportOrder(
        String database,
        String collection,
        String partition,
        List<Dirs> dirs,
        boolean deletesOnly,
        long storageVersion,
        long until,
        String encryptionKey) {
    public ImportOrder {
        dirs = List.copyOf(dirs);
    }

    /** Not the encryption key. */
    @Override
    public String toString() {
        return "ImportOrder[%s.%s, %s, %s]".formatted(database, collection, partition, dirs);
    }

    /**
     * A directory of segments and that of their deletes.
     *
     * @param insertDir ends with a slash; empty where there are deletes only
     * @param deltaDir ends with a slash; empty where there are none
     */
    public record Dirs(String insertDir, String deltaDir) {
        /** Those that are there. */
        public List<String> paths() {
            return Stream.of(insertDir, deltaDir).filter(dir -> !dir.isEmpty()).toList();
        }
    }
}
