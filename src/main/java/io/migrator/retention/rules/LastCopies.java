package io.migrator.retention.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Collections that would be in no backup any more, as one that was dropped in Milvus long ago. */
public final class LastCopies {
    private LastCopies() {}

    /**
     * Those that only backups have which go.
     *
     * @param others backups that are not judged, and stay
     */
    public static Set<String> of(Stream<Verdict> verdicts, Stream<Candidate> others) {
        Set<String> kept = new HashSet<>();
        Set<String> going = new TreeSet<>();
        verdicts.forEach(verdict -> (verdict.keep() ? kept : going).addAll(copies(verdict.backup())));
        others.forEach(other -> kept.addAll(copies(other)));
        going.removeAll(kept);
        return going;
    }

    /** The same verdicts, but of each such collection the newest backup stays. */
    public static Map<String, List<Verdict>> keep(Map<String, List<Verdict>> groups, Set<String> copies) {
        Map<String, Verdict> newest = new TreeMap<>();
        groups.values().stream()
                .flatMap(List::stream)
                .filter(verdict -> !verdict.keep())
                .sorted(Comparator.comparing(verdict -> verdict.backup().moment()))
                .forEach(verdict -> copies(verdict.backup()).forEach(copy -> newest.put(copy, verdict)));
        newest.keySet().retainAll(copies);
        Map<String, List<Verdict>> kept = new LinkedHashMap<>();
        groups.forEach((title, verdicts) -> {
            List<Verdict> changed = new ArrayList<>();
            for (Verdict verdict : verdicts) {
                List<String> only = newest.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(verdict))
                        .map(Map.Entry::getKey)
                        .toList();
                changed.add(only.isEmpty() ? verdict : verdict.kept("last copy of " + String.join(", ", only)));
            }
            kept.put(title, List.copyOf(changed));
        });
        return kept;
    }

    /** Only what can be restored is a copy, and with its rows: neither the metas alone nor some partitions. */
    private static Set<String> copies(Candidate backup) {
        Set<String> copies = new HashSet<>();
        if (backup.restorable() && backup.whole()) {
            String source = backup.source().isEmpty() ? "" : " of " + backup.source();
            String cluster = backup.cluster().isEmpty() ? "" : " with " + backup.cluster();
            backup.collections().keySet().forEach(name -> copies.add(name + source + cluster));
        }
        return copies;
    }
}
