package io.migrator.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.migrator.format.Samples;
import io.migrator.format.meta.MetaFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A backup as milvus-backup 0.1 to 0.3 left it (milvus-backup-format.md 1.2 and Appendix D), made out of one of 0.4, whose
 * metas are as theirs were: no log ids, state codes and times, a list of delta logs for each file.
 *
 * @param name of the backup
 * @param groups whether segments share directories numbered from 1, two and two; else there are no such directories
 * @param database whether collections name their database
 * @param full whether there is a {@code full_meta.json}; else the four level files only
 */
record OldShape(String name, boolean groups, boolean database, boolean full) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SEGMENTS_EACH = 2;
    private static final int GROUP = 4;
    private static final int SEGMENT = 5;

    SortedMap<String, byte[]> files() {
        Map<Long, Long> groupOf = new HashMap<>();
        Samples.full(Samples.V0_4).collections().stream()
                .flatMap(collection -> collection.partitions().stream())
                .forEach(partition -> {
                    long ordinal = 0;
                    for (var segment : partition.segments()) {
                        groupOf.put(segment.segmentId(), groups ? 1 + ordinal++ / SEGMENTS_EACH : 0);
                    }
                });
        SortedMap<String, byte[]> files = new TreeMap<>();
        SampleFiles.of(Samples.V0_4).forEach((key, content) -> {
            if (key.startsWith("binlogs/")) {
                files.put(moved(key, groupOf), content);
            }
        });
        for (MetaFile file : MetaFile.values()) {
            if (full || file != MetaFile.FULL) {
                files.put("meta/" + file.fileName(), rewritten(Samples.meta(Samples.V0_4, file), groupOf));
            }
        }
        return files;
    }

    /** {@code binlogs/<kind>/<collection>/<partition>/<group>/<segment>/...} */
    private static String moved(String key, Map<Long, Long> groupOf) {
        String[] elements = key.split("/");
        long group = groupOf.get(Long.valueOf(elements[SEGMENT]));
        elements[GROUP] = group == 0 ? "" : group + "/";
        StringBuilder moved = new StringBuilder();
        for (int i = 0; i < elements.length; i++) {
            moved.append(elements[i]).append(i == GROUP || i == elements.length - 1 ? "" : "/");
        }
        return moved.toString();
    }

    private byte[] rewritten(byte[] meta, Map<Long, Long> groupOf) {
        try {
            JsonNode root = JSON.readTree(meta);
            if (root.has("name")) {
                ((ObjectNode) root).put("name", name);
            }
            rewrite(root, groupOf);
            return JSON.writeValueAsBytes(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rewrite(JsonNode node, Map<Long, Long> groupOf) {
        if (node instanceof ObjectNode object) {
            if (!database) {
                object.remove("db_name");
            }
            if (object.has("segment_id")) {
                long group = groupOf.get(object.get("segment_id").longValue());
                object.remove("group_id");
                if (group != 0) {
                    object.put("group_id", group);
                }
            }
        }
        node.forEach(child -> rewrite(child, groupOf));
    }
}
