package io.migrator.retention;

import io.migrator.retention.rules.Candidate;
import io.migrator.retention.rules.Verdict;

/**
 * A verdict as it was frozen, and what came of it.
 *
 * @param sequence position; never changes
 * @param group title of the group it was judged in
 * @param pooled whether it has units in the pool
 * @param own bytes that are free without it
 * @param skipped why a backup that was to go was left alone; empty where it was not
 */
record Decision(
        long sequence, String group, Verdict verdict, boolean pooled, long own, Outcome outcome, String skipped) {
    /** What became of a backup; the names are what the table holds. */
    enum Outcome {
        KEPT,
        PLANNED,
        REMOVED,
        /** When its turn came it was not there any more: somebody else deleted it, or this did before it died. */
        GONE,
        SKIPPED
    }

    boolean isThere() {
        return outcome != Outcome.REMOVED && outcome != Outcome.GONE;
    }

    Candidate backup() {
        return verdict.backup();
    }
}
