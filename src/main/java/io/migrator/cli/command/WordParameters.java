package io.migrator.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the words {@code create}, {@code restore} (milvus-backup's) and {@code verify} mean in the parameters of the jobs. */
final class WordParameters {
    private static final String META_ONLY = "meta_only";
    private static final String SKIP_FLUSH = "skip_flush";

    private final Words words;
    private final List<String> problems;
    private final WordFlags flags;

    private WordParameters(Words words, List<String> problems) {
        this.words = words;
        this.problems = problems;
        this.flags = new WordFlags(words, problems);
    }

    /** @param problems where contradictions and unusable values are added */
    static Map<String, String> of(Words words, List<String> problems) {
        WordParameters parameters = new WordParameters(words, problems);
        return switch (words.verb()) {
            case CREATE -> parameters.create();
            case RESTORE -> parameters.restore();
            default -> parameters.verify();
        };
    }

    private Map<String, String> create() {
        flags.value("-n", "name");
        flags.value("--filter", "collection");
        sourceSelection();
        strategy();
        flags.flag("--rbac", "rbac", "yes");
        String format = words.text("--format");
        if (format != null && !List.of("", "auto", "binlog", "snapshot").contains(format)) {
            problems.add("--format: '%s' must be auto or binlog".formatted(format));
        }
        // As there: no selection means everything.
        flags.fallback("collection", "*");
        return flags.parameters();
    }

    private void strategy() {
        String strategy = words.text("--strategy");
        if (META_ONLY.equals(strategy)) {
            flags.set("--strategy", "meta-only", "yes");
            flags.flag("-f", "strategy", SKIP_FLUSH);
        } else {
            if (strategy != null) {
                flags.set("--strategy", "strategy", strategy.isEmpty() ? "auto" : strategy);
            }
            flags.flag("-f", "strategy", SKIP_FLUSH);
            if (strategy != null && words.given("--meta_only")) {
                flags.conflict("--meta_only", "--strategy=" + strategy);
            }
        }
        flags.flag("--meta_only", "meta-only", "yes");
    }

    private Map<String, String> verify() {
        flags.value("-n", "name");
        flags.value("--mode", "mode");
        flags.value("--subset", "subset");
        return flags.parameters();
    }

    private Map<String, String> restore() {
        flags.value("-n", "name");
        sourceSelection();
        flags.value("--filter", "target-collection");
        Stream.of("-c", "-d", "-a")
                .filter(option -> words.text("--filter") != null && words.text(option) != null)
                .forEach(option -> flags.conflict("--filter", option));
        flags.value("-s", "suffix");
        flags.value("-r", "rename");
        if (words.given("--drop_exist_collection") && words.given("--skip_create_collection")) {
            flags.conflict("--drop_exist_collection", "--skip_create_collection");
        }
        flags.flag("--meta_only", "meta-only", "yes");
        flags.flag("--rbac", "rbac", "yes");
        flags.flag("--drop_exist_collection", "drop-existing-collection", "yes");
        flags.flag("--drop_exist_index", "drop-existing-index", "yes");
        flags.flag("--skip_create_collection", "create", "no");
        String index = words.given("--use_auto_index") ? "auto" : "yes";
        flags.flag("--rebuild_index", "index", index);
        flags.flag("--restore_index", "index", index);
        // As there: an index only where it is asked for.
        flags.fallback("index", "none");
        return flags.parameters();
    }

    private void sourceSelection() {
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
