package io.migrator.restore.state;

import io.migrator.batch.RunFacts;
import io.migrator.failure.KnownSecrets;
import java.util.List;

/** What could not be proven of single collections, kept so that a run that finds all done says it again. */
public final class Doubts {
    private static final String FACT = "unproven ";
    private static final int MOST_REMEMBERED = 4000;

    private final RunFacts facts;

    public Doubts(RunFacts facts) {
        this.facts = facts;
    }

    /** In place of those it had before; none where there are none. */
    public void put(long sourceId, List<String> doubts) {
        if (doubts.isEmpty()) {
            facts.remove(FACT + sourceId);
        } else {
            String text = String.join("; ", doubts);
            facts.put(FACT + sourceId, KnownSecrets.ofThisProcess().begin(text, MOST_REMEMBERED));
        }
    }

    /** Of the collections of the backup, in the order of their ids. */
    public List<String> all() {
        return List.copyOf(facts.beginning(FACT).values());
    }

    public void forget() {
        facts.beginning(FACT).keySet().forEach(facts::remove);
    }
}
