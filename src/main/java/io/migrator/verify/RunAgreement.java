package io.migrator.verify;

import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.own.RunRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Holds the run record, which counted what was copied, against the metas. */
final class RunAgreement {
    private final BackupInfo backup;

    RunAgreement(BackupInfo backup) {
        this.backup = backup;
    }

    /** The first thing that the record says otherwise, in words; empty where it says the same. */
    String difference(RunRecord run) {
        Map<Long, RunRecord.Collection> recorded = new HashMap<>();
        run.collections().forEach(collection -> recorded.put(collection.collectionId(), collection));
        for (CollectionInfo collection : backup.collections()) {
            RunRecord.Collection own = recorded.remove(collection.collectionId());
            if (own == null) {
                return "it does not have " + collection.qualifiedName() + ", which the metas have";
            }
            String difference = difference(collection, own);
            if (!difference.isEmpty()) {
                return "it says of " + collection.qualifiedName() + " " + difference;
            }
        }
        if (!recorded.isEmpty()) {
            return "it has collection " + recorded.keySet().iterator().next() + ", which the metas do not have";
        }
        long objects = run.collections().stream()
                .mapToLong(RunRecord.Collection::objects)
                .sum();
        return objects == run.objects()
                ? ""
                : "it says " + run.objects() + " objects, and of its collections " + objects;
    }

    private String difference(CollectionInfo collection, RunRecord.Collection recorded) {
        List<SegmentInfo> segments = collection.partitions().stream()
                .flatMap(partition -> partition.segments().stream())
                .toList();
        long objects = Stream.concat(segments.stream(), collection.level0Segments().stream())
                .flatMap(segment -> Stream.concat(segment.insertLogs().stream(), segment.deltaLogs().stream()))
                .mapToLong(field -> field.binlogs().size())
                .sum();
        long rows = segments.stream()
                .filter(segment -> !segment.level0())
                .mapToLong(SegmentInfo::rows)
                .sum();
        boolean named =
                recorded.name().equals(collection.name()) && recorded.database().equals(collection.database());
        return Stream.of(
                        named ? "" : "that it is " + recorded.database() + "." + recorded.name(),
                        unequal("segments", recorded.segments(), segments.size()),
                        unequal("rows", recorded.rows(), rows),
                        unequal("objects", recorded.objects(), objects),
                        unequal("bytes", recorded.bytes(), collection.size()))
                .filter(difference -> !difference.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String unequal(String what, long recorded, long described) {
        return recorded == described ? "" : "%d %s instead of %d".formatted(recorded, what, described);
    }
}
