package io.migrator.restore.state;

import io.migrator.batch.JobContext;
import io.migrator.batch.RunFacts;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a restore is asked for beside rows, as {@code name=value}. Kept when a run came to its end, so that the same
 * command with more of them does the rest.
 */
public record Wishes(Set<String> all) {
    private static final String FACT = "restore_wishes";
    private static final String NONE = "none";
    private static final String NO = "no";

    public static final String INDEX = "index";
    public static final String LOAD = "load";
    public static final String ALIASES = "aliases";
    public static final String RBAC = "rbac";
    public static final String DROP_INDEX = "drop-existing-index";

    public Wishes {
        all = Set.copyOf(all);
    }

    public static Wishes of(JobContext context) {
        Set<String> all = new TreeSet<>();
        for (String name : List.of(INDEX, LOAD, ALIASES, RBAC)) {
            add(context, name, all);
        }
        if (context.parameter("create").equals(NO)) {
            add(context, DROP_INDEX, all);
        }
        return new Wishes(all);
    }

    private static void add(JobContext context, String name, Set<String> all) {
        String value = context.parameter(name);
        if (!value.isEmpty() && !value.equals(NONE) && !value.equals(NO)) {
            all.add(name + "=" + value);
        }
    }

    /** What runs that came to their end did for none of the collections in particular. */
    static Wishes done(RunFacts facts) {
        return facts.find(FACT).map(Wishes::parse).orElse(new Wishes(Set.of()));
    }

    static Wishes parse(String text) {
        return new Wishes(text.isEmpty() ? Set.of() : Set.of(text.split(",", -1)));
    }

    /**
     * Those that were not done yet.
     *
     * @param given names of the parameters that were asked for: without its name nobody asks for another kind of index
     */
    Wishes beyond(Wishes done, Set<String> given) {
        Set<String> more = new TreeSet<>(all);
        more.removeAll(done.all);
        if (done.all.contains("load=yes")) {
            more.remove("load=as-source");
        }
        if (!given.contains(INDEX) && done.has(INDEX)) {
            more.removeIf(wish -> wish.startsWith(INDEX + "="));
        }
        return new Wishes(more);
    }

    Wishes and(Wishes more) {
        Set<String> together = new TreeSet<>(all);
        together.addAll(more.all);
        return new Wishes(together);
    }

    /** What is not done to a collection, but once. */
    Wishes ofNone() {
        return new Wishes(
                all.stream().filter(wish -> wish.startsWith(RBAC + "=")).collect(Collectors.toSet()));
    }

    Wishes ofEach() {
        return new Wishes(
                all.stream().filter(wish -> !wish.startsWith(RBAC + "=")).collect(Collectors.toSet()));
    }

    public boolean has(String name) {
        return all.stream().anyMatch(wish -> wish.startsWith(name + "="));
    }

    /** Takes note that these were done, too. */
    public void remember(RunFacts facts) {
        facts.put(FACT, done(facts).and(ofNone()).text());
    }

    public static void forget(RunFacts facts) {
        facts.remove(FACT);
    }

    /** See {@link #parse}. */
    String text() {
        return String.join(",", new TreeSet<>(all));
    }

    @Override
    public String toString() {
        return String.join(" ", new TreeSet<>(all));
    }
}
