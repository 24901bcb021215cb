package io.migrator.catalog;

import io.migrator.catalog.Finding.Kind;
import io.migrator.failure.Counted;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.FieldBinlog;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.RequiredFields;
import io.migrator.format.meta.SegmentInfo;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the metas name the files of all rows and deletes that they tell of. What they do not name nobody misses in a
 * listing, and a restore would bring back fewer rows, or rows that were deleted.
 */
final class SegmentShape {
    /** From this storage version on a file holds a group of columns, and is named after any one of them. */
    private static final long COLUMN_GROUPS = 2;

    private final VaultLayout layout;
    private final boolean all;
    private final Consumer<Finding> found;

    /** @param all whether to tell also what a restore leaves aside and says itself: files of segments without rows */
    SegmentShape(VaultLayout layout, boolean all, Consumer<Finding> found) {
        this.layout = layout;
        this.all = all;
        this.found = found;
    }

    void check(CollectionInfo collection) {
        Set<Long> required = RequiredFields.of(collection).collect(Collectors.toSet());
        for (PartitionInfo partition : collection.partitions()) {
            partition.segments().forEach(segment -> check(segment, required));
            long sum =
                    partition.segments().stream().mapToLong(SegmentInfo::size).sum();
            if (partition.size() != 0 && partition.size() != sum) {
                found.accept(new Finding(
                        Kind.METAS_DISAGREE,
                        collection.collectionId(),
                        layout.insertPartitionDir(collection.collectionId(), partition.partitionId()),
                        "the metas give the partition %d bytes, and its segments %d".formatted(partition.size(), sum)));
            }
        }
        collection.level0Segments().forEach(segment -> check(segment, required));
    }

    private void check(SegmentInfo segment, Set<Long> required) {
        if (segment.level0()) {
            if (none(segment.deltaLogs()) && (segment.rows() > 0 || segment.size() > 0)) {
                tell(
                        segment,
                        layout.deltaSegmentDir(segment),
                        "the metas have deletes in it, and name no file of them");
            }
        } else {
            checkRows(segment, required);
        }
        // Field 0 without files is how milvus-backup says that there are no deletes.
        if (segment.deltaLogs().stream()
                .anyMatch(log -> log.fieldId() != 0 && log.binlogs().isEmpty())) {
            tell(segment, layout.deltaSegmentDir(segment), "the metas name deletes in it without their files");
        }
    }

    private void checkRows(SegmentInfo segment, Set<Long> required) {
        String dir = layout.insertSegmentDir(segment);
        boolean none = none(segment.insertLogs());
        if (segment.rows() == 0) {
            if (all && !none) {
                tell(segment, dir, "the metas name files of it, and no rows");
            }
        } else if (none) {
            tell(
                    segment,
                    dir,
                    "the metas have %s in it, and name no file of them".formatted(Counted.of(segment.rows(), "row")));
        } else {
            List<Long> lacking = lacking(segment, required);
            if (!lacking.isEmpty()) {
                String detail = "the metas have %s in it, and name no file of the fields %s"
                        .formatted(Counted.of(segment.rows(), "row"), lacking);
                tell(segment, dir, detail);
            }
        }
    }

    /** Fields that were added later are missing in older segments; those that are named have files. */
    private static List<Long> lacking(SegmentInfo segment, Set<Long> required) {
        Set<Long> there = segment.insertLogs().stream()
                .filter(field -> !field.binlogs().isEmpty())
                .map(FieldBinlog::fieldId)
                .collect(Collectors.toSet());
        Stream<Long> named = segment.insertLogs().stream().map(FieldBinlog::fieldId);
        return Stream.concat(named, segment.storageVersion() < COLUMN_GROUPS ? required.stream() : Stream.empty())
                .filter(field -> !there.contains(field))
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean none(List<FieldBinlog> logs) {
        return logs.stream().allMatch(log -> log.binlogs().isEmpty());
    }

    private void tell(SegmentInfo segment, String key, String detail) {
        found.accept(new Finding(Kind.FILES_NOT_NAMED, segment.collectionId(), key, detail));
    }
}
