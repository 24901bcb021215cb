package io.migrator.config.read;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML as nodes that know their line: nothing is constructed, and documents that would blow up are refused. */
public final class StrictYaml {
    private static final int MAX_CODE_POINTS = 1_000_000;
    private static final int MAX_DEPTH = 20;

    private StrictYaml() {}

    /**
     * The mapping that the document is; null where it is empty or a problem was added.
     *
     * @param file how messages name the document
     * @param problems where {@code file:line: what is wrong} is added
     */
    public static @Nullable MappingNode compose(String text, String file, List<String> problems) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(10);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_CODE_POINTS);
        try {
            // As Yaml.compose does, without what makes objects of nodes, and nodes of objects: that costs a start 0.02
            // s.
            ParserImpl parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
            Node root = new Composer(parser, new Resolver(), options).getSingleNode();
            if (root == null || isNull(root)) {
                return null;
            }
            if (root instanceof MappingNode mapping) {
                return mapping;
            }
            problems.add("%s:%d: must hold 'key: value' lines".formatted(file, line(root)));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add("%s:%d: not valid YAML: %s".formatted(file, line, withoutValue(e.getProblem())));
        } catch (YAMLException e) {
            problems.add("%s:1: not valid YAML: %s".formatted(file, e.getMessage()));
        }
        return null;
    }

    /** An unquoted {@code *secret} is an alias to YAML, and named in its complaint. */
    private static String withoutValue(String problem) {
        return problem.startsWith("found undefined alias") ? "found undefined alias; quote a value with *" : problem;
    }

    /**
     * The entries of a mapping, with those that its {@code <<} takes over from others and it does not have itself. Of
     * several others the first wins. Keys are compared in any case.
     */
    public static List<NodeTuple> entries(MappingNode mapping) {
        return entries(mapping, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** @param within the mappings that are being read: one that takes over from itself gets nothing from there */
    private static List<NodeTuple> entries(MappingNode mapping, Set<MappingNode> within) {
        List<NodeTuple> own = new ArrayList<>();
        if (!within.add(mapping)) {
            return own;
        }
        Map<String, NodeTuple> others = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (Tag.MERGE.equals(tuple.getKeyNode().getTag())) {
                merged(tuple.getValueNode()).forEach(other -> entries(other, within)
                        .forEach(entry -> others.putIfAbsent(lower(entry.getKeyNode()), entry)));
            } else {
                own.add(tuple);
            }
        }
        within.remove(mapping);
        own.forEach(tuple -> others.remove(lower(tuple.getKeyNode())));
        own.addAll(others.values());
        return own;
    }

    private static List<MappingNode> merged(Node value) {
        List<Node> nodes = value instanceof SequenceNode several ? several.getValue() : List.of(value);
        return nodes.stream()
                .filter(MappingNode.class::isInstance)
                .map(MappingNode.class::cast)
                .toList();
    }

    private static String lower(Node key) {
        return String.valueOf(text(key)).toLowerCase(Locale.ROOT);
    }

    /** Line of the node, counted from 1. */
    public static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** The text of a scalar as it is written, null for anything else. */
    public static @Nullable String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    public static boolean isNull(Node node) {
        return Tag.NULL.equals(node.getTag());
    }
}
