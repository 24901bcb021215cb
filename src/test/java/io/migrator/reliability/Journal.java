package io.migrator.reliability;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a part did, one JSON object a line, in {@code <part>.jsonl}; the first line says with which seed and where. */
final class Journal {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    private Journal(Path file) {
        this.file = file;
    }

    /** Begins the file anew. */
    static Journal begin(Path folder, String part, long seed) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(part + ".jsonl");
            Files.deleteIfExists(file);
            Journal journal = new Journal(file);
            Map<String, Object> head = new LinkedHashMap<>();
            head.put("part", part);
            head.put("seed", seed);
            head.put("began", Instant.now().toString());
            head.put("machine", machine());
            journal.write(head);
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String machine() {
        return "%d cores, %s %s, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        System.getProperty("java.version"));
    }

    synchronized void write(Map<String, ?> line) {
        try {
            Files.writeString(
                    file, JSON.writeValueAsString(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
