package io.migrator.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.migrator.format.BackupInfo;
import io.migrator.format.CollectionInfo;
import io.migrator.format.MetaFile;
import io.migrator.format.MetaJson;
import io.migrator.format.RunRecord;
import io.migrator.format.SegmentInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A backup as {@code get} shows it: milvus-backup's own fields, with numbers of segments and rows in place of the segments;
 * {@code missing} where collections that were meant are not in it.
 */
record BackupDescription(Map<String, Object> facts, String text) {
    static BackupDescription of(BackupInfo backup, List<RunRecord.Missing> missing) {
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        try {
            Map<String, Object> facts = json.readValue(
                    MetaJson.write(withoutSegments(backup), MetaFile.FULL),
                    new TypeReference<Map<String, Object>>() {});
            List<Map<String, Object>> collections = maps(facts, "collection_backups");
            for (int i = 0; i < collections.size(); i++) {
                List<Map<String, Object>> partitions = maps(collections.get(i), "partition_backups");
                for (int j = 0; j < partitions.size(); j++) {
                    count(
                            partitions.get(j),
                            backup.collections().get(i).partitions().get(j).segments());
                }
            }
            if (!missing.isEmpty()) {
                facts.put(
                        "missing",
                        missing.stream()
                                .map(one -> new TreeMap<>(Map.of(
                                        "db_name", one.database(),
                                        "collection_name", one.name(),
                                        "reason", one.reason())))
                                .toList());
            }
            return new BackupDescription(facts, json.writeValueAsString(facts));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** There may be a million of them, and none is shown. */
    private static BackupInfo withoutSegments(BackupInfo backup) {
        List<CollectionInfo> collections = backup.collections().stream()
                .map(collection -> collection.withData(
                        collection.partitions().stream()
                                .map(partition -> partition.withSegments(List.of(), partition.size()))
                                .toList(),
                        List.of(),
                        collection.size()))
                .toList();
        return backup.withCollections(collections);
    }

    private static void count(Map<String, Object> partition, List<SegmentInfo> segments) {
        partition.put("segments", segments.size());
        partition.put(
                "num_of_rows", segments.stream().mapToLong(SegmentInfo::rows).sum());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Map<String, Object> holder, String key) {
        return holder.get(key) instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }
}
