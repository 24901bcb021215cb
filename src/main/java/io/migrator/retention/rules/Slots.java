package io.migrator.retention.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The places that a policy has for backups of one group, and who takes them. */
final class Slots {
    private final Policy policy;

    Slots(Policy policy) {
        this.policy = policy;
    }

    /**
     * Why each of them stays; an empty list for one that no rule names.
     *
     * @param newestFirst good ones, or what is treated so
     */
    List<List<String>> of(List<Candidate> newestFirst) {
        List<List<String>> reasons = new ArrayList<>();
        newestFirst.forEach(one -> reasons.add(new ArrayList<>()));
        if (newestFirst.isEmpty()) {
            return reasons;
        }
        for (int i = 0; i < Math.min(policy.last(), newestFirst.size()); i++) {
            reasons.get(i).add("last " + (i + 1));
        }
        policy.newestOf().forEach((period, count) -> {
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < newestFirst.size() && seen.size() < count; i++) {
                String key = period.of(newestFirst.get(i).moment(), policy.zone());
                if (seen.add(key)) {
                    reasons.get(i).add(key);
                }
            }
        });
        Instant newest = newestFirst.get(0).moment();
        policy.within().ifPresent(span -> within(newestFirst, newest, span, reasons));
        for (Map.Entry<Period, Span> rule : policy.newestWithin().entrySet()) {
            Instant from = rule.getValue().before(newest, policy.zone());
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < newestFirst.size(); i++) {
                Instant moment = newestFirst.get(i).moment();
                String key = rule.getKey().of(moment, policy.zone());
                if (!moment.isBefore(from) && seen.add(key)) {
                    reasons.get(i).add(key + " within " + rule.getValue());
                }
            }
        }
        for (int i = 0; i < newestFirst.size(); i++) {
            List<String> tags = newestFirst.get(i).tags();
            for (Set<String> wanted : policy.tags()) {
                if (Set.copyOf(tags).containsAll(wanted)) {
                    reasons.get(i)
                            .add("tag "
                                    + String.join(",", wanted.stream().sorted().toList()));
                }
            }
        }
        return reasons;
    }

    private void within(List<Candidate> newestFirst, Instant newest, Span span, List<List<String>> reasons) {
        Instant from = span.before(newest, policy.zone());
        for (int i = 0; i < newestFirst.size(); i++) {
            if (!newestFirst.get(i).moment().isBefore(from)) {
                reasons.get(i).add("within " + span);
            }
        }
    }
}
