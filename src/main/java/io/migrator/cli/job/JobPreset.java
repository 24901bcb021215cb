package io.migrator.cli.job;

import io.migrator.config.read.StrictYaml;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A file {@code jobs/NAME.yaml}.
 *
 * @param job name of a built-in job
 * @param config configuration file, null where the file names none
 * @param every how often it runs, such as {@code 24h}; empty where the file does not say
 * @param targetConfig that of another vault, null where the file names none
 */
record JobPreset(
        @Nullable String job,
        Map<String, String> parameters,
        @Nullable String config,
        @Nullable String targetConfig,
        String every) {
    private static final List<String> KEYS =
            List.of("job", "parameters", "config", "target-config", "every", "description");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy_MM_dd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH_mm_ss");

    /**
     * @param now what {@code {date}} and {@code {time}} stand for
     * @param problems where {@code file:line: what is wrong} is added
     */
    static JobPreset read(String text, String file, Instant now, List<String> problems) {
        MappingNode root = StrictYaml.compose(text, file, problems);
        String job = null;
        String config = null;
        String targetConfig = null;
        String every = "";
        Map<String, String> parameters = new LinkedHashMap<>();
        for (NodeTuple tuple : root == null ? List.<NodeTuple>of() : StrictYaml.entries(root)) {
            String key = String.valueOf(StrictYaml.text(tuple.getKeyNode()));
            Node value = tuple.getValueNode();
            if (KEYS.contains(key) && StrictYaml.isNull(value)) {
                continue;
            }
            String at = file + ":" + StrictYaml.line(tuple.getKeyNode()) + ": ";
            if (!KEYS.contains(key)) {
                problems.add(at + "unknown key '%s'%s".formatted(key, Suggestion.of(key, KEYS)));
            } else if (key.equals("parameters") && value instanceof MappingNode mapping) {
                parameters(mapping, file, now, parameters, problems);
            } else if (key.equals("parameters") || !(value instanceof ScalarNode)) {
                problems.add(at + (key.equals("parameters") ? "must hold 'key: value' lines" : "must be one value"));
            } else if (key.equals("job")) {
                job = expanded(value, now);
            } else if (key.equals("config")) {
                config = expanded(value, now);
            } else if (key.equals("target-config")) {
                targetConfig = expanded(value, now);
            } else if (key.equals("every")) {
                every = expanded(value, now);
                if (!every.matches(Every.FORM)) {
                    problems.add(at
                            + "every: '%s' must be minutes, hours, days or weeks: 30m, 24h, 7d, 1w".formatted(every));
                }
            }
        }
        if (job == null && problems.isEmpty()) {
            problems.add(file + ":1: 'job:' is missing, such as 'job: backup'");
        }
        return new JobPreset(job, parameters, config, targetConfig, every);
    }

    private static void parameters(
            MappingNode mapping, String file, Instant now, Map<String, String> parameters, List<String> problems) {
        for (NodeTuple tuple : StrictYaml.entries(mapping)) {
            String name = String.valueOf(StrictYaml.text(tuple.getKeyNode()));
            if (StrictYaml.isNull(tuple.getValueNode())) {
                continue;
            }
            if (tuple.getValueNode() instanceof ScalarNode value) {
                if (parameters.put(name, expanded(value, now)) != null) {
                    problems.add("%s:%d: %s: already given".formatted(file, StrictYaml.line(tuple.getKeyNode()), name));
                }
            } else {
                problems.add("%s:%d: %s: must be one value; several are separated by commas"
                        .formatted(file, StrictYaml.line(tuple.getKeyNode()), name));
            }
        }
    }

    private static String expanded(Node value, Instant now) {
        return String.valueOf(StrictYaml.text(value))
                .replace("{date}", DATE.format(now.atOffset(ZoneOffset.UTC)))
                .replace("{time}", TIME.format(now.atOffset(ZoneOffset.UTC)));
    }
}
