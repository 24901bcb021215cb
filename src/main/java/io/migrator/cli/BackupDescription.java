package io.migrator.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.migrator.format.BackupInfo;
import io.migrator.format.MetaFile;
import io.migrator.format.MetaJson;
import io.migrator.format.RunRecord;
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
            Map<String, Object> facts =
                    json.readValue(MetaJson.write(backup, MetaFile.FULL), new TypeReference<Map<String, Object>>() {});
            for (Map<String, Object> collection : maps(facts, "collection_backups")) {
                collection.remove("l0_segments");
                maps(collection, "partition_backups").forEach(partition -> count(partition, "segment_backups"));
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

    private static void count(Map<String, Object> holder, String key) {
        List<Map<String, Object>> segments = maps(holder, key);
        holder.remove(key);
        holder.put("segments", segments.size());
        holder.put(
                "num_of_rows",
                segments.stream()
                        .mapToLong(segment -> segment.get("num_of_rows") instanceof Number rows ? rows.longValue() : 0)
                        .sum());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Map<String, Object> holder, String key) {
        return holder.get(key) instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }
}
