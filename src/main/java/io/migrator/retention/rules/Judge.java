package io.migrator.retention.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Decides of the backups of one group which stay. Whatever the policy says, the newest good one does. */
public final class Judge {
    /** Clocks of Milvus and the store may differ by that much. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Comparator<Candidate> NEWEST_FIRST = Comparator.comparing(Candidate::moment)
            .thenComparing(Candidate::name)
            .reversed();

    private final Policy policy;
    private final Slots slots;
    private final Instant now;

    /** @param now by the clock of the store */
    public Judge(Policy policy, Instant now) {
        this.policy = policy;
        this.slots = new Slots(policy);
        this.now = now;
    }

    /** The newest first. */
    public List<Verdict> of(List<Candidate> group) {
        List<Candidate> sorted = group.stream().sorted(NEWEST_FIRST).toList();
        List<Candidate> good =
                sorted.stream().filter(one -> one.good() && !future(one)).toList();
        List<List<String>> reasons = slots.of(good);
        List<Verdict> verdicts = new ArrayList<>();
        int place = 0;
        for (Candidate one : sorted) {
            // Both lists have one order, and a list of years is long: none is looked for.
            boolean isGood = place < good.size() && good.get(place).equals(one);
            Verdict verdict = isGood ? good(one, place, reasons.get(place)) : other(one, good);
            place += isGood ? 1 : 0;
            verdicts.add(one.held().isEmpty() ? verdict : held(verdict));
        }
        return verdicts;
    }

    private static Verdict held(Verdict verdict) {
        List<String> reasons = new ArrayList<>(verdict.keep() ? verdict.reasons() : List.of());
        reasons.add(verdict.backup().held());
        return new Verdict(verdict.backup(), true, reasons, verdict.warned());
    }

    private Verdict good(Candidate one, int place, List<String> reasons) {
        if (!reasons.isEmpty()) {
            return Verdict.keep(one, reasons);
        }
        if (place >= policy.minGood()) {
            return Verdict.remove(one, "");
        }
        return Verdict.keep(one, place == 0 ? "the newest good one" : "one of the newest " + policy.minGood());
    }

    private Verdict other(Candidate one, List<Candidate> good) {
        return switch (one.state()) {
            case DAMAGED -> Verdict.warn(one, "it is damaged: not judged");
            case DELETING -> Verdict.remove(one, "its deletion was begun");
            case INCOMPLETE -> incomplete(one);
            case COMPLETE, PARTIAL -> {
                if (one.dataOf() == null) {
                    yield Verdict.keep(one, "nothing tells its time");
                }
                yield future(one) ? Verdict.keep(one, "it is of the future") : partial(one, good);
            }
        };
    }

    private Verdict incomplete(Candidate one) {
        Instant begun = one.dataOf();
        if (begun == null) {
            return Verdict.keep(one, "not complete, and nothing tells since when");
        }
        return policy.incompleteAfter()
                .filter(span -> begun.isBefore(span.before(now, policy.zone())))
                .map(span -> Verdict.remove(one, "not complete for more than " + span))
                .orElseGet(() -> Verdict.keep(one, "not complete yet"));
    }

    /** Better than nothing: it stays until a good one is newer, and then as long as a good one of its time would. */
    private Verdict partial(Candidate one, List<Candidate> good) {
        if (good.isEmpty() || NEWEST_FIRST.compare(one, good.get(0)) < 0) {
            return Verdict.keep(one, "no good one is newer");
        }
        List<Candidate> among = new ArrayList<>(good);
        among.add(one);
        among.sort(NEWEST_FIRST);
        List<String> reasons = slots.of(among).get(among.indexOf(one));
        return reasons.isEmpty() ? Verdict.remove(one, "a newer good one is there") : Verdict.keep(one, reasons);
    }

    private boolean future(Candidate one) {
        return future(one, now);
    }

    /** Whether it says to be of a time that is not yet: nothing goes for the sake of such a one. */
    public static boolean future(Candidate one, Instant now) {
        return one.dataOf() != null && one.dataOf().isAfter(now.plus(TOLERANCE));
    }
}
