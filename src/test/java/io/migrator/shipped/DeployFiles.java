package io.migrator.shipped;

import io.migrator.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The folder {@code deploy}, and what its files have to agree with. */
final class DeployFiles {
    static final Path ROOT = Path.of("deploy");
    static final Path CHART = ROOT.resolve("helm/migrator");
    static final Path MANIFESTS = ROOT.resolve("kubernetes/migrator.yaml");

    private DeployFiles() {}

    static String text(String file) {
        return text(ROOT.resolve(file));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What follows the first match of the pattern's one group, as numbers. */
    static Set<Integer> numbers(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .flatMap(found -> Stream.of(found.group(1).split("[^0-9]+")))
                .filter(word -> !word.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Codes of exit that the same command, repeated, may come out of. */
    static Set<Integer> worthRepeating() {
        return codes(Failure::retryHelps);
    }

    /** Those that it cannot; what is partial, and what is not known, is left to people. */
    static Set<Integer> notWorthRepeating() {
        return codes(failure -> !failure.retryHelps());
    }

    private static Set<Integer> codes(Predicate<Failure> which) {
        return Arrays.stream(Failure.values())
                .filter(which)
                .map(Failure::exitCode)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The documents of a YAML file. */
    static List<Map<String, Object>> documents(Path file) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text(file))) {
            documents.add(map(document));
        }
        return documents;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    /** What lies beneath these keys; an index for a list. */
    static Object at(Object node, Object... path) {
        Object found = node;
        for (Object step : path) {
            found = step instanceof Integer index
                    ? ((List<?>) found).get(index)
                    : map(found).get((String) step);
        }
        return found;
    }
}
