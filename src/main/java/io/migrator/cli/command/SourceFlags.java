package io.migrator.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.cli.line.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The options by which milvus-backup chooses collections of the source, as the parameter {@code collection}. */
final class SourceFlags {
    private final Words words;
    private final JobFlags flags;
    private final List<String> problems;

    /** @param problems where contradictions and unusable values are added */
    SourceFlags(Words words, JobFlags flags, List<String> problems) {
        this.words = words;
        this.flags = flags;
        this.problems = problems;
    }

    void set() {
        flags.value("-c", "collection");
        String databases = words.text("-d");
        if (databases != null) {
            flags.set(
                    "-d",
                    "collection",
                    Stream.of(databases.split(",", -1))
                            .map(String::strip)
                            .filter(name -> !name.isEmpty())
                            .map(name -> name + ".*")
                            .collect(Collectors.joining(",")));
        }
        String byDatabase = words.text("-a");
        if (byDatabase != null) {
            flags.set("-a", "collection", ofJson(byDatabase));
        }
    }

    private String ofJson(String text) {
        try {
            JsonNode root = new ObjectMapper().readTree(text);
            List<String> names = new ArrayList<>();
            for (Map.Entry<String, JsonNode> database : root.properties()) {
                JsonNode collections = database.getValue();
                if (!collections.isArray() && !collections.isNull()) {
                    return unusableJson();
                }
                if (collections.isEmpty()) {
                    names.add(database.getKey() + ".*");
                }
                collections.forEach(name -> names.add(database.getKey() + "." + name.asText()));
            }
            return root.isObject() && !names.isEmpty() ? String.join(",", names) : unusableJson();
        } catch (JsonProcessingException e) {
            return unusableJson();
        }
    }

    private String unusableJson() {
        problems.add("-a: must be JSON such as {\"db\":[\"coll\"]}; [] stands for all collections of a database");
        return "*";
    }
}
