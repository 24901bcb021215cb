package io.migrator.restore.state;

import io.migrator.batch.FaultScope;
import io.migrator.batch.JobContext;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.report.RunReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Collections that failed in this run while others went on ({@code on-error=continue}). Kept in memory: the next run
 * tries them again. {@link FaultScope} says which faults end the run in either mode.
 */
public final class Failures {
    private final FaultScope scope;
    private final Map<Long, Missing> missing = new LinkedHashMap<>();
    private final List<Missing> databases = new ArrayList<>();

    private record Missing(String source, String target, String reason) {}

    public Failures(FaultScope scope) {
        this.scope = scope;
    }

    /** Whether a fault of one collection leaves the others alone. */
    public boolean goOn() {
        return scope.goOn();
    }

    public synchronized void clear() {
        missing.clear();
        databases.clear();
    }

    public synchronized boolean has(long sourceId) {
        return missing.containsKey(sourceId);
    }

    public synchronized boolean none() {
        return missing.isEmpty() && databases.isEmpty();
    }

    /** Those of the collections that have not failed. */
    public List<Restored> without(Collection<Restored> items) {
        return items.stream().filter(item -> !has(item.source().collectionId())).toList();
    }

    /** Whether a fault may concern one collection only. A bucket that is gone ends the run with its own failure. */
    public boolean canSpare(MigratorException fault) {
        return scope.canSpare(fault);
    }

    /** Takes note of a fault of one collection, or throws it where it ends the run. */
    public void add(Restored item, MigratorException fault) {
        if (!canSpare(fault)) {
            throw fault;
        }
        note(item, fault);
    }

    /** The same for a fault that is about this collection, whatever its kind: a wish that it alone cannot have. */
    public void addItsOwn(Restored item, MigratorException fault) {
        if (!goOn()) {
            throw fault;
        }
        note(item, fault);
    }

    private void note(Restored item, MigratorException fault) {
        Missing one = new Missing(
                item.source().qualifiedName(), item.target().toString(), String.valueOf(fault.getMessage()));
        synchronized (this) {
            missing.putIfAbsent(item.source().collectionId(), one);
        }
    }

    /** The same for a database that none of the collections goes into. */
    public void addDatabase(String target, MigratorException fault) {
        if (!canSpare(fault)) {
            throw fault;
        }
        synchronized (this) {
            databases.add(new Missing("", target + ".*", String.valueOf(fault.getMessage())));
        }
    }

    /** Does the work for one collection, unless that has failed before. */
    public void attempt(Restored item, Runnable work) {
        if (has(item.source().collectionId())) {
            return;
        }
        try {
            work.run();
        } catch (MigratorException e) {
            add(item, e);
        }
    }

    /**
     * Reports what is missing, and ends the run as PARTIAL where anything is.
     *
     * @param others what is to be said of the other collections, a whole sentence
     */
    public synchronized void conclude(JobContext context, String others) {
        if (none()) {
            return;
        }
        List<Map<String, Object>> facts = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        Stream.concat(missing.values().stream(), databases.stream()).forEach(one -> {
            facts.add(RunReport.parts("collection", one.source(), "target", one.target(), "reason", one.reason()));
            rows.add(List.of(one.source(), one.target(), one.reason()));
        });
        context.report().fact("missing", facts);
        context.report().table(new RunReport.Table("Missing", List.of("collection", "target", "reason"), rows));
        throw MigratorException.unable(
                Failure.PARTIAL,
                "restore",
                context.name(),
                "%s missing; first: %s"
                        .formatted(
                                Counted.of(rows.size(), "collection is", "collections are"),
                                rows.get(0).get(2).replaceAll("\\.$", "")),
                others + " Put right what the list names, then run the same command again: it does the rest.");
    }
}
