package io.migrator.fake.imports;

import io.migrator.fake.model.CollectionModel;
import java.util.List;

/**
 * What an accepted import is to do.
 *
 * @param partitionId -1 for deletes of all partitions
 * @param files paths as they are to be read: the pair of a task, or those of one segment each
 */
record Work(
        CollectionModel collection,
        String partitionName,
        long partitionId,
        List<List<String>> files,
        ImportOptions options) {
    String describeFiles() {
        return files.toString();
    }
}
