package io.migrator.catalog;

import io.migrator.catalog.Finding.Kind;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SegmentInfo;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whether the sizes of a backup add up, from partitions to the whole. Segments and their partition are looked at by
 * {@link SegmentShape}. A size of 0 says nothing where what is above it is 0, too: whoever wrote that kept no sizes.
 */
final class SizeTotals {
    private final VaultLayout layout;
    private final Consumer<Finding> found;

    SizeTotals(VaultLayout layout, Consumer<Finding> found) {
        this.layout = layout;
        this.found = found;
    }

    void check(BackupInfo backup) {
        boolean kept = backup.size() != 0;
        backup.collections().forEach(collection -> check(collection, kept));
        long sum = backup.collections().stream().mapToLong(CollectionInfo::size).sum();
        if (kept && backup.size() != sum) {
            tell(
                    0,
                    layout.meta(MetaFile.FULL),
                    "the metas give the backup %d bytes, and its collections %d".formatted(backup.size(), sum));
        }
    }

    private void check(CollectionInfo collection, boolean backupKept) {
        boolean kept = collection.size() != 0;
        String dir = layout.insertCollectionDir(collection.collectionId());
        long sum =
                collection.partitions().stream().mapToLong(PartitionInfo::size).sum();
        // Whether deletes of all partitions are among them differs by who wrote it.
        long more = sizeOf(collection.level0Segments());
        if ((kept || backupKept) && collection.size() != sum && collection.size() != sum + more) {
            tell(
                    collection.collectionId(),
                    dir,
                    "the metas give the collection %d bytes, and its partitions %d".formatted(collection.size(), sum));
        }
        for (PartitionInfo partition : collection.partitions()) {
            long own = sizeOf(partition.segments());
            if (kept && partition.size() == 0 && own != 0) {
                tell(
                        collection.collectionId(),
                        layout.insertPartitionDir(collection.collectionId(), partition.partitionId()),
                        "the metas give the partition 0 bytes, and its segments %d".formatted(own));
            }
        }
    }

    private static long sizeOf(List<SegmentInfo> segments) {
        return segments.stream().mapToLong(SegmentInfo::size).sum();
    }

    private void tell(long collection, String key, String detail) {
        found.accept(new Finding(Kind.METAS_DISAGREE, collection, key, detail));
    }
}
