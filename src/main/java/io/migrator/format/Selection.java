package io.migrator.format;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which collections are meant: a comma separated list of {@code coll} (database {@code default}), {@code db.coll}, {@code
 * db.*}, names with {@code *} and {@code ?}, {@code *} for all of all databases, and milvus-backup's {@code db.} for a
 * database without its collections. An empty list means everything.
 */
public final class Selection {
    private static final String ALL = "*";

    private final List<Pattern> patterns;

    private record Pattern(String database, String collection) {
        boolean literal() {
            return !wild(database) && !wild(collection) && !collection.isEmpty();
        }

        boolean matches(CollectionName name) {
            return matchesDatabase(name.database()) && glob(collection, name.collection());
        }

        boolean matchesDatabase(String name) {
            return glob(database, name);
        }
    }

    private Selection(List<Pattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    public static Selection parse(String list) {
        List<Pattern> patterns = new ArrayList<>();
        Stream.of(list.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .map(Selection::pattern)
                .distinct()
                .forEach(patterns::add);
        return new Selection(patterns.isEmpty() ? List.of(new Pattern(ALL, ALL)) : patterns);
    }

    private static Pattern pattern(String word) {
        if (word.equals(ALL)) {
            return new Pattern(ALL, ALL);
        }
        CollectionName name = CollectionName.parse(word);
        return new Pattern(name.database(), name.collection());
    }

    public boolean matches(CollectionName name) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    /** Whether any collection of the database, or the database itself, can be meant. */
    public boolean matchesDatabase(String database) {
        return patterns.stream().anyMatch(pattern -> pattern.matchesDatabase(database));
    }

    /** The names written out: each of them has to exist. */
    public List<CollectionName> literals() {
        return patterns.stream()
                .filter(Pattern::literal)
                .map(pattern -> new CollectionName(pattern.database(), pattern.collection()))
                .toList();
    }

    /** Whether it names collections one by one, so that no server has to be asked what there is. */
    public boolean isLiteral() {
        return patterns.stream().allMatch(Pattern::literal);
    }

    /** The same for equal selections however they are written: sorted, databases spelled out. */
    public String canonical() {
        return String.join(",", patterns.stream().map(Selection::text).sorted().toList());
    }

    private static String text(Pattern pattern) {
        return pattern.database() + "." + pattern.collection();
    }

    @Override
    public String toString() {
        return canonical();
    }

    private static boolean wild(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /** At most pattern times text steps: the last star is the only one to come back to. */
    private static boolean glob(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
