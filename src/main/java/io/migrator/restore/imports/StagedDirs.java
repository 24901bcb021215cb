package io.migrator.restore.imports;

import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.milvus.ImportOrder.Dirs;
import java.util.ArrayList;
import java.util.List;

/** Where in Milvus' bucket segments wait that cannot be imported from the vault. */
final class StagedDirs {
    private final String stagingDir;

    StagedDirs(String stagingDir) {
        this.stagingDir = stagingDir;
    }

    /** One directory for all segments of a job. */
    ImportBin bin(CollectionInfo collection, PartitionInfo partition, List<SegmentInfo> segments, int number) {
        String place = collection.collectionId() + "/" + partition.partitionId() + "/" + number + "/";
        Dirs dirs = new Dirs(
                stagingDir + "insert_log/" + place,
                ImportBin.hasDeletes(segments) ? stagingDir + "delta_log/" + place : "");
        return new ImportBin(ImportBin.DATA, partition.name(), segments, List.of(dirs), true);
    }

    /** Pieces of at most so many, in order. */
    static <T> List<List<T>> cut(List<T> all, int most) {
        List<List<T>> pieces = new ArrayList<>();
        for (int from = 0; from < all.size(); from += most) {
            pieces.add(all.subList(from, Math.min(all.size(), from + most)));
        }
        return pieces;
    }
}
