package io.migrator.restore.staging;

import io.migrator.batch.RunFacts;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which collections other processes could not stage, and why, in the job database: what they tell the run that goes on without
 * those. For many threads.
 */
public final class Unstaged {
    private static final String PREFIX = "unstaged_";

    private final RunFacts facts;

    public Unstaged(RunFacts facts) {
        this.facts = facts;
    }

    public void add(long collection, MigratorException fault) {
        String text = String.valueOf(fault.getMessage()).replace('\0', '\uFFFD');
        facts.put(PREFIX + collection, fault.failure().name() + " " + text);
    }

    /** What was told so far, by collection; it is told once. */
    public Map<Long, MigratorException> take() {
        Map<Long, MigratorException> all = new LinkedHashMap<>();
        facts.beginning(PREFIX).forEach((name, fact) -> {
            int end = fact.indexOf(' ');
            all.put(
                    Long.parseLong(name.substring(PREFIX.length())),
                    new MigratorException(Failure.valueOf(fact.substring(0, end)), fact.substring(end + 1)));
            facts.remove(name);
        });
        return all;
    }
}
