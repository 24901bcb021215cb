package io.migrator.retention.rules;

import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Policies, rule by rule. */
record Policies(Policy policy) {
    static Policies none() {
        return new Policies(new Policy(
                0, Map.of(), Optional.empty(), Map.of(), List.of(), ZoneId.of("UTC"), 1, Optional.of(new Span("7d"))));
    }

    static Policies last(int count) {
        return new Policies(new Policy(
                count,
                Map.of(),
                Optional.empty(),
                Map.of(),
                List.of(),
                ZoneId.of("UTC"),
                1,
                Optional.of(new Span("7d"))));
    }

    Policies of(Period period, int count) {
        Map<Period, Integer> counts = new EnumMap<>(Period.class);
        counts.putAll(policy.newestOf());
        counts.put(period, count);
        return new Policies(new Policy(
                policy.last(),
                counts,
                policy.within(),
                policy.newestWithin(),
                policy.tags(),
                policy.zone(),
                policy.minGood(),
                policy.incompleteAfter()));
    }

    Policies within(String span) {
        return new Policies(new Policy(
                policy.last(),
                policy.newestOf(),
                Optional.of(new Span(span)),
                policy.newestWithin(),
                policy.tags(),
                policy.zone(),
                policy.minGood(),
                policy.incompleteAfter()));
    }

    Policies within(Period period, String span) {
        Map<Period, Span> spans = new EnumMap<>(Period.class);
        spans.putAll(policy.newestWithin());
        spans.put(period, new Span(span));
        return new Policies(new Policy(
                policy.last(),
                policy.newestOf(),
                policy.within(),
                spans,
                policy.tags(),
                policy.zone(),
                policy.minGood(),
                policy.incompleteAfter()));
    }

    Policies tagged(List<Set<String>> tags) {
        return new Policies(new Policy(
                policy.last(),
                policy.newestOf(),
                policy.within(),
                policy.newestWithin(),
                tags,
                policy.zone(),
                policy.minGood(),
                policy.incompleteAfter()));
    }

    Policies zone(String zone) {
        return new Policies(new Policy(
                policy.last(),
                policy.newestOf(),
                policy.within(),
                policy.newestWithin(),
                policy.tags(),
                ZoneId.of(zone),
                policy.minGood(),
                policy.incompleteAfter()));
    }

    Policies minGood(int count) {
        return new Policies(new Policy(
                policy.last(),
                policy.newestOf(),
                policy.within(),
                policy.newestWithin(),
                policy.tags(),
                policy.zone(),
                count,
                policy.incompleteAfter()));
    }
}
