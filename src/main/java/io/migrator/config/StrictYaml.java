package io.migrator.config;

import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

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
        DumperOptions dumping = new DumperOptions();
        Yaml yaml = new Yaml(new SafeConstructor(options), new Representer(dumping), dumping, options);
        try {
            Node root = yaml.compose(new StringReader(text));
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
