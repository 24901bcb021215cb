package io.migrator.config.read;

import io.migrator.config.ConfigKey;
import io.migrator.config.ConfigKeys;
import io.migrator.config.Sides;
import io.migrator.failure.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The entries of a configuration file of either version; what is wrong with it is added to the problems. */
public final class ConfigFile {
    private final String file;
    private final ConfigVersion version;
    private final ConfigKeys keys;
    private final Sides sides;
    private final List<String> problems;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<String> ignored = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    public record Entry(String value, int line) {}

    /** Without a file: version 1, no entries. */
    ConfigFile() {
        this("", ConfigVersion.V1, Sides.ALL, new ArrayList<>());
    }

    private ConfigFile(String file, ConfigVersion version, Sides sides, List<String> problems) {
        this.file = file;
        this.version = version;
        this.keys = version.keys();
        this.sides = sides;
        this.problems = problems;
    }

    public static ConfigFile read(String text, String file, Sides sides, List<String> problems) {
        MappingNode root = StrictYaml.compose(text, file, problems);
        ConfigFile reader = new ConfigFile(file, ConfigVersion.of(root, file), sides, problems);
        if (root != null) {
            reader.section("", root);
        }
        return reader;
    }

    public ConfigVersion version() {
        return version;
    }

    /** Entries by lower-case dotted name, those without an effect as well. */
    public Map<String, Entry> entries() {
        return entries;
    }

    /** Keys given that have no effect, as the file spells them. */
    List<String> ignored() {
        return ignored;
    }

    /** What the user should see, though it is taken: keys of v2 that are not known here. */
    List<String> warnings() {
        return warnings;
    }

    private void section(String prefix, MappingNode section) {
        for (NodeTuple tuple : StrictYaml.entries(section)) {
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
            String elsewhere = version.nameElsewhere(name);
            unknown(keyNode, name, elsewhere.isEmpty() ? suggestion(name, known) : elsewhere);
        } else if (key.used()) {
            value(name, key, keyNode, value);
        } else {
            unused(name, keyNode, value);
        }
    }

    private void unused(String name, Node keyNode, Node value) {
        if (StrictYaml.isNull(value) || name.equalsIgnoreCase(ConfigVersion.KEY)) {
            return;
        }
        String text = value instanceof SequenceNode list
                ? list.getValue().stream()
                        .map(StrictYaml::text)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(","))
                : StrictYaml.text(value);
        entries.putIfAbsent(ConfigKeys.lower(name), new Entry(text == null ? "" : text, StrictYaml.line(keyNode)));
        ignored.add(name);
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
            String told = "%s: '%s' %s".formatted(name, key.shown(scalar.getValue()), wrong);
            if (sides.use(key)) {
                problem(keyNode, told);
            } else {
                warnings.add("%s:%d: %s".formatted(file, StrictYaml.line(keyNode), told));
            }
            return;
        }
        int line = StrictYaml.line(keyNode);
        Entry earlier = entries.putIfAbsent(ConfigKeys.lower(name), new Entry(scalar.getValue(), line));
        if (earlier != null) {
            problem(keyNode, "%s: already given in line %d".formatted(name, earlier.line()));
        }
    }

    /** As milvus-backup has it: v1 is known to its end, a file in v2 may be of a later release. */
    private void unknown(Node node, String name, String hint) {
        if (version == ConfigVersion.V1) {
            problem(node, "unknown key '%s'%s".formatted(name, hint));
        } else {
            warnings.add(
                    "%s:%d: the unknown key '%s' has no effect%s".formatted(file, StrictYaml.line(node), name, hint));
        }
    }

    private void problem(Node node, String what) {
        problems.add("%s:%d: %s".formatted(file, StrictYaml.line(node), what));
    }

    static String suggestion(String wanted, Collection<String> known) {
        List<String> near = NearestName.of(wanted, known);
        return near.isEmpty() ? "" : ", did you mean '%s'?".formatted(near.get(0));
    }

    public static @Nullable Entry first(Map<String, Entry> entries, ConfigKey key) {
        for (String name : key.names()) {
            Entry entry = entries.get(ConfigKeys.lower(name));
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }
}
