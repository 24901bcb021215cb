package io.migrator.catalog;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a comparison of the backup with the objects in the vault gave.
 *
 * @param objects files that the backup names
 * @param bytes their size as the backup names it
 * @param problemsOf number of all findings by collection; 0 stands for what concerns no single one
 * @param findings the first thousand of them, and the first of each collection
 * @param etagsCompared whether the backup has an object manifest to compare with; milvus-backup makes none
 */
public record FileCheck(
        long objects, long bytes, Map<Long, Long> problemsOf, List<Finding> findings, boolean etagsCompared) {
    /** Where there was nothing to compare. */
    public static final FileCheck NOTHING = new FileCheck(0, 0, Map.of(), List.of(), false);

    public FileCheck {
        findings = List.copyOf(findings);
        problemsOf = Map.copyOf(problemsOf);
    }

    /** The same check, where nothing but these counts. */
    public FileCheck only(List<Finding> some) {
        Map<Long, Long> problems =
                some.stream().collect(Collectors.groupingBy(Finding::collectionId, Collectors.counting()));
        return new FileCheck(objects, bytes, problems, some, etagsCompared);
    }

    /** Number of all findings. */
    public long problems() {
        return problemsOf.values().stream().mapToLong(count -> count).sum();
    }

    public boolean clean() {
        return problemsOf.isEmpty();
    }
}
