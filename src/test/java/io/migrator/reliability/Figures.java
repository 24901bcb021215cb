package io.migrator.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the last run of each part came to, kept in {@code docs/reliability.json}: a part that did not run this time keeps
 * its older figures, with their date.
 */
final class Figures {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path kept;
    private final ObjectNode parts;

    private Figures(Path kept, ObjectNode parts) {
        this.kept = kept;
        this.parts = parts;
    }

    static Figures load(Path kept) throws IOException {
        return new Figures(
                kept,
                Files.exists(kept) ? (ObjectNode) JSON.readTree(Files.readAllBytes(kept)) : JSON.createObjectNode());
    }

    /** Takes in what a part wrote, where it did, and keeps it. */
    void merge(Part part, Path journals) throws IOException {
        Path journal = journals.resolve(part.file());
        if (!Files.exists(journal)) {
            return;
        }
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(journal)) {
            if (!line.isBlank()) {
                lines.add(JSON.readTree(line));
            }
        }
        ObjectNode figures = JSON.createObjectNode();
        Optional<JsonNode> head =
                lines.stream().filter(line -> line.has("began")).findFirst();
        lines.removeIf(line -> line.has("began"));
        Instant ended = Files.getLastModifiedTime(journal).toInstant();
        figures.put("date", ended.toString().substring(0, 10));
        figures.put("seed", head.map(line -> line.path("seed").asText()).orElse(""));
        figures.put("machine", head.map(line -> line.path("machine").asText()).orElse(""));
        head.map(line -> Duration.between(Instant.parse(line.path("began").asText()), ended))
                .ifPresent(took -> figures.put("minutes", took.toMinutes()));
        part.count(lines, figures.putObject("counts"));
        parts.set(part.title(), figures);
        Files.writeString(kept, JSON.writeValueAsString(parts) + "\n");
    }

    /** A part's figures, missing where it never ran. */
    JsonNode of(Part part) {
        return parts.path(part.title());
    }
}
