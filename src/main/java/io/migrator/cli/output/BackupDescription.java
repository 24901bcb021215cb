package io.migrator.cli.output;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.migrator.failure.SecretNames;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.MetaJson;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.own.RunRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A backup as {@code get} shows it: milvus-backup's own fields, with numbers of segments and rows in place of the segments;
 * {@code missing} where collections that were meant are not in it.
 */
public record BackupDescription(Map<String, Object> facts, String text) {
    private static final String MASK = "****";
    private static final Set<String> SECRET_FIELDS = Set.of("password", "ezk");

    /** @param labels what users said of it, which milvus-backup has no field for */
    public static BackupDescription of(BackupInfo backup, List<RunRecord.Missing> missing, Map<String, Object> labels) {
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
            mask(facts);
            facts.putAll(labels);
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

    /** Password hashes of users, key blobs of databases, and properties that are named as secrets: nobody looks for them here. */
    private static void mask(Object part) {
        if (part instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // read from JSON
            Map<String, Object> fields = (Map<String, Object>) map;
            boolean secret = (fields.get("key") instanceof String key && SecretNames.is(key))
                    || (fields.get("value") instanceof String held && SecretNames.in(held));
            fields.replaceAll((name, value) -> value instanceof String text
                            && !text.isEmpty()
                            && (SECRET_FIELDS.contains(name) || (secret && name.equals("value")))
                    ? MASK
                    : value);
            fields.values().forEach(BackupDescription::mask);
        } else if (part instanceof List<?> list) {
            list.forEach(BackupDescription::mask);
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
