package io.migrator.retention.rules;

import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which good backups of a group stay: each that any of the rules names.
 *
 * @param last that many newest
 * @param newestOf of each of the last so many periods that have one, the newest
 * @param within all that are that much older than the newest, and no more
 * @param newestWithin of these the newest of each period
 * @param tags those that have all the tags of one of these sets
 * @param zone whose days are counted
 * @param minGood that many newest stay whatever the rules say; at least 1
 * @param incompleteAfter when a backup that is not complete is given up; empty for never
 */
public record Policy(
        int last,
        Map<Period, Integer> newestOf,
        Optional<Span> within,
        Map<Period, Span> newestWithin,
        List<Set<String>> tags,
        ZoneId zone,
        int minGood,
        Optional<Span> incompleteAfter) {
    public Policy {
        newestOf = copy(newestOf);
        newestWithin = copy(newestWithin);
        tags = List.copyOf(tags);
        if (minGood < 1) {
            throw new IllegalArgumentException("the newest always stays");
        }
    }

    private static <T> Map<Period, T> copy(Map<Period, T> map) {
        Map<Period, T> sorted = new EnumMap<>(Period.class);
        sorted.putAll(map);
        return sorted;
    }

    /** Whether no rule would keep anything. */
    public boolean isEmpty() {
        return last == 0
                && newestOf.values().stream().allMatch(count -> count == 0)
                && within.isEmpty()
                && newestWithin.isEmpty()
                && tags.isEmpty();
    }

    /** The same text for the same policy. */
    public String text() {
        return "last=%d of=%s within=%s of=%s tags=%s zone=%s min-good=%d incomplete-after=%s"
                .formatted(
                        last,
                        newestOf,
                        within.map(Span::text).orElse(""),
                        newestWithin,
                        tags.stream()
                                .map(set -> set.stream().sorted().toList())
                                .map(List::toString)
                                .sorted()
                                .collect(Collectors.joining(";")),
                        zone,
                        minGood,
                        incompleteAfter.map(Span::text).orElse("never"));
    }
}
