package io.migrator.selection;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which collections are meant: a comma separated list of {@code coll} (database {@code default}), {@code db.coll}, {@code
 * db.*}, names with {@code *} and {@code ?}, {@code *} for all of all databases, and milvus-backup's {@code db.} for a
 * database without its collections. The empty text means everything; a list without a name means nothing, and is refused.
 */
public final class Selection {
    private static final String ALL = "*";

    private final List<Pattern> patterns;

    /** One word of the list. */
    public record Pattern(String database, String collection) {
        /** Whether it names one collection. */
        public boolean literal() {
            return !Glob.isPattern(database) && !Glob.isPattern(collection) && !databaseOnly();
        }

        /** Whether it means the database itself, without its collections. */
        public boolean databaseOnly() {
            return collection.isEmpty();
        }

        /** Whether it means all that is in the database, be that nothing. */
        public boolean wholeDatabase() {
            return collection.equals(ALL);
        }

        public boolean matches(CollectionName name) {
            return matchesDatabase(name.database()) && Glob.matches(collection, name.collection());
        }

        public boolean matchesDatabase(String name) {
            return Glob.matches(database, name);
        }

        @Override
        public String toString() {
            return database + "." + collection;
        }
    }

    private Selection(List<Pattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /** @throws MigratorException USAGE for a list that names nothing, such as a comma */
    public static Selection parse(String list) {
        List<Pattern> patterns = new ArrayList<>();
        Stream.of(list.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .map(Selection::pattern)
                .distinct()
                .forEach(patterns::add);
        if (patterns.isEmpty() && !list.isEmpty()) {
            throw MigratorException.unable(
                    Failure.USAGE, "choose collections by", list, "it names nothing", "'*' stands for everything.");
        }
        return new Selection(patterns.isEmpty() ? List.of(new Pattern(ALL, ALL)) : patterns);
    }

    /** The selection; none where the list is empty: for what leaves out or narrows, everything is the wrong meaning. */
    public static Optional<Selection> given(String list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(parse(list));
    }

    private static Pattern pattern(String word) {
        if (word.equals(ALL)) {
            return new Pattern(ALL, ALL);
        }
        CollectionName name = CollectionName.parse(word);
        return new Pattern(name.database(), name.collection());
    }

    /** The words of the list, each once. */
    public List<Pattern> patterns() {
        return patterns;
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

    /** Whether it means nothing but the database {@code default} itself, which every Milvus has. */
    public boolean isDefaultAlone() {
        return patterns.stream()
                .allMatch(pattern ->
                        pattern.databaseOnly() && pattern.database().equals(CollectionName.DEFAULT_DATABASE));
    }

    /** The same for equal selections however they are written: sorted, databases spelled out. */
    public String canonical() {
        return String.join(
                ",", patterns.stream().map(Pattern::toString).sorted().toList());
    }

    @Override
    public String toString() {
        return canonical();
    }
}
