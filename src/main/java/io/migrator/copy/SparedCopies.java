package io.migrator.copy;

import io.migrator.batch.RunFacts;
import io.migrator.batch.Transactions;
import io.migrator.failure.MigratorException;

/**
 * Copies of owners that workers left out. The plan forgets them with their owner, and the run, which counts in the plan, has made
 * them all the same.
 */
final class SparedCopies {
    private static final String FACT = "spared_copies:";

    private final CopyPlan plan;
    private final Transactions transactions;
    private final RunFacts facts;

    SparedCopies(CopyPlan plan) {
        this.plan = plan;
        this.transactions = plan.transactions();
        this.facts = new RunFacts(transactions);
    }

    /** Begins anew with none. */
    void clear() {
        facts.beginning(FACT).keySet().forEach(facts::remove);
    }

    /** The same faults, which takes note of what was copied of whom they leave out. */
    CopyFaults noted(CopyFaults faults) {
        return new CopyFaults() {
            @Override
            public boolean canSpare(MigratorException fault) {
                return faults.canSpare(fault);
            }

            @Override
            public void spare(long owner, MigratorException fault) {
                transactions.run(() -> {
                    // Else a chunk of another worker could come between the count and the removal.
                    plan.lock(owner);
                    CopyPlan.Totals copied = plan.copied(owner);
                    if (copied.objects() > 0) {
                        // None where another worker left it out before.
                        facts.put(FACT + owner, copied.objects() + " " + copied.bytes());
                    }
                    faults.spare(owner, fault);
                });
            }
        };
    }

    /** All of them; those of runs before, too. */
    CopyPlan.Totals all() {
        long objects = 0;
        long bytes = 0;
        for (String fact : facts.beginning(FACT).values()) {
            int space = fact.indexOf(' ');
            objects += Long.parseLong(fact.substring(0, space));
            bytes += Long.parseLong(fact.substring(space + 1));
        }
        return new CopyPlan.Totals(objects, bytes, -1);
    }
}
