package io.migrator.fake.imports;

import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.Release;
import java.util.List;

/** The checks of Milvus 2.2 and 2.3 before they accept an import task (milvus-api.md 3.2, milvus-backup-format.md 4.2). */
record TaskSubmission(Release release) {
    /** A task of files that are no pair of backup paths fails later: this double reads no rows from other files. */
    Work accept(CollectionModel collection, String partition, List<String> files, ImportOptions options) {
        if (partition.isEmpty()) {
            throw Refusal.invalid("partition not specified");
        }
        long partitionId = collection.requirePartition(partition).id();
        options.range(release);
        if (files.isEmpty()) {
            throw Refusal.invalid("import request is empty");
        }
        return new Work(collection, partition, partitionId, List.of(List.copyOf(files)), options);
    }

    /** Whether the files are what a backup is imported from. */
    boolean binlogs(List<String> files, ImportOptions options) {
        return release.atLeast(2, 2, 9)
                && options.backup()
                && files.size() == 2
                && !files.get(0).isEmpty()
                && files.stream().noneMatch(TaskSubmission::hasExtension);
    }

    private static boolean hasExtension(String path) {
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return bare.substring(bare.lastIndexOf('/') + 1).contains(".");
    }
}
