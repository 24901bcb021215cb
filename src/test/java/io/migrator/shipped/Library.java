package io.migrator.shipped;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A library by its coordinates. */
record Library(String name, String version) {
    /** Of a jar in a local repository of Maven; empty for anything else. */
    static Optional<Library> ofJar(String path, String name) {
        Path jar = Path.of(path);
        String artifact = name.substring(name.indexOf(':') + 1);
        String home = name.replace('.', '/').replace(':', '/').substring(0, name.indexOf(':')) + "/" + artifact;
        Path version = jar.getParent();
        boolean same = path.endsWith(".jar")
                && version != null
                && version.getParent() != null
                && version.getParent().toString().replace('\\', '/').endsWith("/" + home);
        return same ? Optional.of(new Library(name, version.getFileName().toString())) : Optional.empty();
    }

    /** @param range {@code from..to}, of which the last is not in it */
    boolean in(String range) {
        String[] ends = range.split("\\.\\.(?=\\d)");
        return compare(version, ends[0]) >= 0 && compare(version, ends[1]) < 0;
    }

    /** By numbers alone: what stands behind them, such as {@code Final} or {@code jre}, is the same in one line of releases. */
    private static int compare(String one, String other) {
        List<Long> left = numbers(one);
        List<Long> right = numbers(other);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            int order = Long.compare(i < left.size() ? left.get(i) : 0, i < right.size() ? right.get(i) : 0);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static List<Long> numbers(String version) {
        Stream<String> parts = Arrays.stream(version.split("[^0-9]+"));
        return parts.filter(part -> !part.isEmpty()).map(Long::valueOf).toList();
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
