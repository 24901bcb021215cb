package io.migrator.restore;

import io.migrator.batch.JobContext;
import io.migrator.batch.RunFacts;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a restore is asked for beside rows, as {@code name=value}. Kept when a run came to its end, so that the same
 * command with more of them does the rest.
 */
record Wishes(Set<String> all) {
    private static final String FACT = "restore_wishes";
    private static final String NONE = "none";
    private static final String NO = "no";

    static final String INDEX = "index";
    static final String LOAD = "load";
    static final String ALIASES = "aliases";
    static final String RBAC = "rbac";
    static final String DROP_INDEX = "drop-existing-index";

    Wishes {
        all = Set.copyOf(all);
    }

    static Wishes of(JobContext context) {
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

    /** What runs that came to their end did. */
    static Wishes done(RunFacts facts) {
        return new Wishes(facts.find(FACT)
                .filter(text -> !text.isEmpty())
                .map(text -> Set.of(text.split(",", -1)))
                .orElse(Set.of()));
    }

    /** Those that were not done yet. */
    Wishes beyond(Wishes done) {
        Set<String> more = new TreeSet<>(all);
        more.removeAll(done.all);
        if (done.all.contains("load=yes")) {
            more.remove("load=as-source");
        }
        return new Wishes(more);
    }

    boolean has(String name) {
        return all.stream().anyMatch(wish -> wish.startsWith(name + "="));
    }

    /** Takes note that these were done, too. */
    void remember(RunFacts facts) {
        Set<String> together = new TreeSet<>(done(facts).all);
        together.addAll(all);
        facts.put(FACT, String.join(",", together));
    }

    static void forget(RunFacts facts) {
        facts.remove(FACT);
    }

    @Override
    public String toString() {
        return String.join(" ", new TreeSet<>(all));
    }
}
