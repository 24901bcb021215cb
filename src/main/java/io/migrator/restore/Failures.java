package io.migrator.restore;

import io.migrator.batch.JobContext;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.report.RunReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collections that failed in this run while others went on ({@code on-error=continue}). Kept in memory: the next run
 * tries them again. Faults that would meet every collection end the run in either mode.
 */
final class Failures {
    private static final Set<Failure> WHOLE_RUN = EnumSet.of(
            Failure.UNREACHABLE,
            Failure.THROTTLED,
            Failure.DENIED,
            Failure.LOCKED,
            Failure.REPOSITORY,
            Failure.STOPPED);

    private final boolean goOn;
    private final Map<Long, Missing> missing = new LinkedHashMap<>();

    private record Missing(Restored item, String reason) {}

    Failures(boolean goOn) {
        this.goOn = goOn;
    }

    /** Whether a fault of one collection leaves the others alone. */
    boolean goOn() {
        return goOn;
    }

    synchronized void clear() {
        missing.clear();
    }

    synchronized boolean has(long sourceId) {
        return missing.containsKey(sourceId);
    }

    synchronized boolean none() {
        return missing.isEmpty();
    }

    /** Those of the collections that have not failed. */
    List<Restored> without(Collection<Restored> items) {
        return items.stream().filter(item -> !has(item.source().collectionId())).toList();
    }

    /** Whether a fault may concern one collection only, so that the others go on. */
    boolean canSpare(MigratorException fault) {
        return goOn && !WHOLE_RUN.contains(fault.failure());
    }

    /** Takes note of a fault of one collection, or throws it where it ends the run. */
    void add(Restored item, MigratorException fault) {
        if (!canSpare(fault)) {
            throw fault;
        }
        synchronized (this) {
            missing.putIfAbsent(item.source().collectionId(), new Missing(item, String.valueOf(fault.getMessage())));
        }
    }

    /** Does the work for one collection, unless that has failed before. */
    void attempt(Restored item, Runnable work) {
        if (has(item.source().collectionId())) {
            return;
        }
        try {
            work.run();
        } catch (MigratorException e) {
            add(item, e);
        }
    }

    /** Reports what is missing, and ends the run as PARTIAL where anything is. */
    synchronized void conclude(JobContext context) {
        if (missing.isEmpty()) {
            return;
        }
        List<Map<String, Object>> facts = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (Missing one : missing.values()) {
            String source = one.item().source().qualifiedName();
            String target = one.item().target().toString();
            facts.add(Map.of("collection", source, "target", target, "reason", one.reason()));
            rows.add(List.of(source, target, one.reason()));
        }
        context.report().fact("missing", facts);
        context.report().table(new RunReport.Table("Missing", List.of("collection", "target", "reason"), rows));
        throw MigratorException.unable(
                Failure.PARTIAL,
                "restore",
                context.name(),
                "%d collections are missing, first %s"
                        .formatted(missing.size(), rows.get(0).get(2)),
                "The others are restored. Mend what the list names and run the same command again: it does the rest.");
    }
}
