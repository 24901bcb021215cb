package io.migrator.config;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.failure.NearestName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The entries of a v1 file; what is wrong with it is added to the problems. */
final class ConfigFile {
    private final String file;
    private final ConfigKeys keys;
    private final List<String> problems;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    record Entry(String value, int line) {}

    private ConfigFile(String file, ConfigKeys keys, List<String> problems) {
        this.file = file;
        this.keys = keys;
        this.problems = problems;
    }

    /** Entries by lower-case dotted name. */
    static Map<String, Entry> read(String text, String file, ConfigKeys keys, List<String> problems) {
        ConfigFile reader = new ConfigFile(file, keys, problems);
        MappingNode root = StrictYaml.compose(text, file, problems);
        if (root != null) {
            reader.requireV1(root);
            reader.section("", root);
        }
        return reader.entries;
    }

    private void requireV1(MappingNode root) {
        for (NodeTuple tuple : root.getValue()) {
            if ("configVersion".equalsIgnoreCase(StrictYaml.text(tuple.getKeyNode()))
                    && !"v1".equalsIgnoreCase(StrictYaml.text(tuple.getValueNode()))) {
                throw MigratorException.unable(
                        Failure.UNSUPPORTED,
                        "read",
                        file + ":" + StrictYaml.line(tuple.getKeyNode()),
                        "this version reads configurations of configVersion v1 only",
                        "Give the v1 form of the file, without configVersion.");
            }
        }
    }

    private void section(String prefix, MappingNode section) {
        for (NodeTuple tuple : section.getValue()) {
            Node keyNode = tuple.getKeyNode();
            String part = StrictYaml.text(keyNode);
            if (part == null) {
                problem(keyNode, "a key must be plain text");
                continue;
            }
            entry(prefix + part, keyNode, tuple.getValueNode());
        }
    }

    private void entry(String name, Node keyNode, Node value) {
        ConfigKey key = keys.named(name);
        if (key == null && keys.isSection(name)) {
            if (value instanceof MappingNode mapping) {
                section(name + ".", mapping);
            } else if (!StrictYaml.isNull(value)) {
                problem(keyNode, "'%s' must hold keys, not a value".formatted(name));
            }
        } else if (key == null) {
            Collection<String> known = value instanceof MappingNode ? keys.sections() : keys.names();
            problem(keyNode, "unknown key '%s'%s".formatted(name, suggestion(name, known)));
        } else if (key.used()) {
            value(name, key, keyNode, value);
        }
    }

    private void value(String name, ConfigKey key, Node keyNode, Node node) {
        if (StrictYaml.isNull(node)) {
            return;
        }
        if (!(node instanceof ScalarNode scalar)) {
            problem(keyNode, "%s: must be one value".formatted(name));
            return;
        }
        String wrong = key.kind().problem(scalar.getValue());
        if (wrong != null) {
            problem(keyNode, "%s: '%s' %s".formatted(name, key.shown(scalar.getValue()), wrong));
            return;
        }
        int line = StrictYaml.line(keyNode);
        Entry earlier = entries.putIfAbsent(ConfigKeys.lower(name), new Entry(scalar.getValue(), line));
        if (earlier != null) {
            problem(keyNode, "%s: already given in line %d".formatted(name, earlier.line()));
        }
    }

    private void problem(Node node, String what) {
        problems.add("%s:%d: %s".formatted(file, StrictYaml.line(node), what));
    }

    static String suggestion(String wanted, Collection<String> known) {
        List<String> near = NearestName.of(wanted, known);
        return near.isEmpty() ? "" : ", did you mean '%s'?".formatted(near.get(0));
    }

    static @Nullable Entry first(Map<String, Entry> entries, ConfigKey key) {
        for (String name : key.names()) {
            Entry entry = entries.get(ConfigKeys.lower(name));
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }
}
