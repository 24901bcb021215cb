package io.migrator.fake.imports;

import io.migrator.fake.model.ServerModel;
import io.migrator.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the files of an import by the tail of their keys; what stands before is not looked at. */
record SourceFiles(ServerModel server) {
    /**
     * All segments below a path, as Milvus 2.2 and 2.3 find them: by prefix and recursively, so the path may be that of a
     * partition or of a segment, and one without a slash at its end matches its neighbours, too.
     *
     * @param deltaPath empty for none; deletes of other segments are ignored
     */
    List<SourceSegment> below(String insertPath, String deltaPath) {
        SortedMap<String, SourceSegment> segments = new TreeMap<>();
        for (String key : keys(insertPath)) {
            String[] elements = key.split("/");
            String name = fromEnd(elements, 3);
            number(name, "segment id", key);
            segments.computeIfAbsent(name, any -> new SourceSegment(any, new TreeMap<>(), new ArrayList<>()))
                    .fields()
                    .computeIfAbsent(number(fromEnd(elements, 2), "field id", key), any -> new ArrayList<>())
                    .add(key);
        }
        if (!deltaPath.isEmpty()) {
            for (String key : keys(deltaPath)) {
                SourceSegment segment = segments.get(fromEnd(key.split("/"), 2));
                if (segment != null) {
                    segment.deltas().add(key);
                }
            }
        }
        return List.copyOf(segments.values());
    }

    /** One segment as Milvus 2.4 on reads it: everything below its path. */
    SourceSegment segment(List<String> paths) {
        SortedMap<Long, List<String>> fields = new TreeMap<>();
        for (String key : keys(paths.get(0))) {
            String field = fromEnd(key.split("/"), 2);
            try {
                fields.computeIfAbsent(Long.valueOf(field), any -> new ArrayList<>())
                        .add(key);
            } catch (NumberFormatException e) {
                throw (ImportFault)
                        new ImportFault("failed to parse field id from log, error: strconv.ParseInt: parsing \"" + field
                                        + "\": invalid syntax")
                                .initCause(e);
            }
        }
        return new SourceSegment(paths.get(0), fields, paths.size() < 2 ? List.of() : keys(paths.get(1)));
    }

    /** In the order of the texts, as the server reads them. */
    List<String> keys(String prefix) {
        try (Stream<StoredObject> found = server.store().list(server.keyOf(prefix))) {
            return found.map(StoredObject::key)
                    .filter(key -> key.charAt(key.lastIndexOf('/') + 1) != '.')
                    .sorted()
                    .toList();
        }
    }

    byte[] read(String key) {
        return server.store().read(key, Integer.MAX_VALUE);
    }

    private static String fromEnd(String[] elements, int position) {
        return elements.length < position ? "" : elements[elements.length - position];
    }

    private static long number(String element, String what, String key) {
        try {
            return Long.parseLong(element);
        } catch (NumberFormatException e) {
            throw (ImportFault)
                    new ImportFault("failed to parse " + what + " from insert log path " + key).initCause(e);
        }
    }
}
