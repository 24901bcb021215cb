package io.migrator.retention.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which backups of one source are of one Milvus. A source is a bucket and a root path, which two installations with the
 * defaults have in common; the ids that a Milvus gives its collections are its own. Those with a collection of the same
 * name and id are of one, directly or over others.
 */
public final class Clusters {
    private Clusters() {}

    /** The same backups in the same order; where a source is more than one Milvus, each says of which it is. */
    public static List<Candidate> told(List<Candidate> backups) {
        Map<String, String> labels = new HashMap<>();
        backups.stream()
                .filter(Candidate::restorable)
                .collect(Collectors.groupingBy(Candidate::source))
                .values()
                .forEach(ofSource -> labels.putAll(labels(ofSource)));
        return backups.stream()
                .map(one -> one.of(labels.getOrDefault(one.name(), "")))
                .toList();
    }

    private static Map<String, String> labels(List<Candidate> backups) {
        Map<String, List<Candidate>> having = new HashMap<>();
        backups.forEach(one -> marks(one).forEach(mark -> having.computeIfAbsent(mark, any -> new ArrayList<>())
                .add(one)));
        Map<String, String> labels = new HashMap<>();
        // By names, so that the same vault is told the same again.
        backups.stream().sorted(Comparator.comparing(Candidate::name)).forEach(one -> {
            if (!labels.containsKey(one.name())) {
                List<Candidate> connected = connected(one, having);
                String label = connected.stream()
                        .flatMap(Clusters::marks)
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
                connected.forEach(member -> labels.put(member.name(), label));
            }
        });
        return Set.copyOf(labels.values()).size() < 2 ? Map.of() : labels;
    }

    private static List<Candidate> connected(Candidate start, Map<String, List<Candidate>> having) {
        List<Candidate> found = new ArrayList<>(List.of(start));
        Set<String> names = new HashSet<>(Set.of(start.name()));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < found.size(); i++) {
            marks(found.get(i))
                    .filter(seen::add)
                    .flatMap(mark -> having.getOrDefault(mark, List.of()).stream())
                    .filter(one -> names.add(one.name()))
                    .toList()
                    .forEach(found::add);
        }
        return found;
    }

    /** What has no id is told from all others, but what has no collections is in one with all such. */
    private static Stream<String> marks(Candidate backup) {
        if (backup.collections().isEmpty()) {
            return Stream.of("no collection");
        }
        return backup.collections().entrySet().stream()
                .map(entry -> entry.getValue() > 0
                        ? "%s %d".formatted(entry.getKey(), entry.getValue())
                        : "%s of %s".formatted(entry.getKey(), backup.name()));
    }
}
