package io.migrator.retention.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which backups are judged together: those of which one can stand for another. */
public record Grouping(List<By> by) {
    /** What a parameter may be. */
    public static final String FORM = "none|(source|selection|series|tag)([,](source|selection|series|tag)){0,3}";

    private static final String NOT_COMPLETE = "not complete";
    private static final String DAMAGED = "damaged";

    /** What they have in common. */
    public enum By {
        SOURCE,
        SELECTION,
        SERIES,
        TAG
    }

    public Grouping {
        by = List.copyOf(by);
    }

    public static Grouping parse(String text) {
        return new Grouping(
                text.equals("none")
                        ? List.of()
                        : Stream.of(text.split(",", -1))
                                .map(word -> By.valueOf(word.toUpperCase(Locale.ROOT)))
                                .distinct()
                                .sorted()
                                .toList());
    }

    /** The same text for the same grouping. */
    public String text() {
        return by.toString();
    }

    /** By their titles, in the order of these. */
    public Map<String, List<Candidate>> of(List<Candidate> backups) {
        Map<String, Set<String>> clusters = new HashMap<>();
        if (by.contains(By.SOURCE)) {
            backups.forEach(one -> clusters.computeIfAbsent(title(one), title -> new HashSet<>())
                    .add(one.cluster()));
        }
        Map<String, List<Candidate>> groups = new TreeMap<>();
        backups.forEach(one -> {
            boolean several = clusters.getOrDefault(title(one), Set.of()).size() > 1;
            groups.computeIfAbsent(title(one) + (several ? " with " + one.cluster() : ""), title -> new ArrayList<>())
                    .add(one);
        });
        return groups;
    }

    /** What the group is called that the backup is in, but for its cluster. What is not complete is in none with those that are. */
    String title(Candidate backup) {
        return switch (backup.state()) {
            case INCOMPLETE, DELETING -> NOT_COMPLETE;
            case DAMAGED -> DAMAGED;
            case COMPLETE, PARTIAL -> by.isEmpty() ? "all backups" : common(backup);
        };
    }

    private String common(Candidate backup) {
        List<String> parts = new ArrayList<>();
        if (by.contains(By.SELECTION)) {
            parts.add(named(backup.selection(), "what nobody tells"));
        }
        if (by.contains(By.SOURCE)) {
            parts.add((parts.isEmpty() ? "" : "of ") + named(backup.source(), "a source that nobody tells"));
        }
        if (by.contains(By.SERIES)) {
            parts.add(backup.series().isEmpty() ? "without series" : "series " + backup.series());
        }
        if (by.contains(By.TAG)) {
            parts.add(backup.tags().isEmpty() ? "without tags" : "tags " + String.join(",", backup.tags()));
        }
        return String.join(" ", parts);
    }

    private static String named(String text, String otherwise) {
        return Optional.of(text).filter(one -> !one.isEmpty()).orElse(otherwise);
    }
}
