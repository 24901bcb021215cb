package io.migrator.restore.imports;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The units of a chunk that are not imported yet, how many the server may be given at once, and when to look at each job
 * again: the longer it runs the later, so that many jobs are not asked for again and again. For one thread.
 */
final class ImportQueue {
    private static final long FIRST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LAST_LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** A server that refused one is asked again after this, also where none of its jobs ended: one may never end. */
    private static final long NEXT_TRY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final int most;
    private final LongSupplier nanos;
    private final Deque<ImportUnit> waiting = new ArrayDeque<>();
    private final Map<Long, Running> running = new LinkedHashMap<>();
    /** Units that are not imported, by collection and turn. */
    private final Map<Long, Map<Integer, Integer>> open = new HashMap<>();

    private int allowed;
    private long refusedSince;
    private long nextTry;

    /** A job at the server; nanoseconds of the clock. */
    private record Running(ImportUnit unit, long since, long due) {}

    /** @param nanos a clock such as {@link System#nanoTime} */
    ImportQueue(int most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
        this.allowed = most;
    }

    void add(ImportUnit unit) {
        open.computeIfAbsent(unit.sourceId(), id -> new HashMap<>()).merge(unit.turn(), 1, Integer::sum);
        if (unit.state() == ImportUnit.State.SUBMITTED) {
            long now = nanos.getAsLong();
            running.put(unit.unit(), new Running(unit, now, now));
        } else {
            waiting.add(unit);
        }
    }

    boolean isDone() {
        return waiting.isEmpty() && running.isEmpty();
    }

    boolean isIdle() {
        return running.isEmpty();
    }

    boolean hasRunning(long unit) {
        return running.containsKey(unit);
    }

    /** The jobs that are to be looked at now. */
    List<ImportUnit> due() {
        long now = nanos.getAsLong();
        return running.values().stream()
                .filter(job -> job.due() - now <= 0)
                .map(Running::unit)
                .toList();
    }

    /** How long until one is, 0 where nothing runs. */
    long millisUntilDue() {
        long now = nanos.getAsLong();
        long left = running.values().stream()
                .mapToLong(job -> job.due() - now)
                .min()
                .orElse(0);
        return left <= 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(left) + 1;
    }

    /** The job was looked at, and goes on. */
    void goesOn(ImportUnit unit) {
        long now = nanos.getAsLong();
        running.computeIfPresent(unit.unit(), (id, job) -> {
            long pause = Math.min(LAST_LOOK_NANOS, Math.max(FIRST_LOOK_NANOS, (now - job.since()) / 2));
            return new Running(unit, job.since(), now + pause);
        });
    }

    /** Jobs that run for the same partitions as these. */
    List<ImportUnit> neighbours(List<ImportUnit> units) {
        return running.values().stream()
                .map(Running::unit)
                .filter(unit -> !units.contains(unit) && units.stream().anyMatch(other -> together(unit, other)))
                .toList();
    }

    private static boolean together(ImportUnit unit, ImportUnit other) {
        return unit.sourceId() == other.sourceId() && unit.partition().equals(other.partition());
    }

    /** Takes units that may be sent now: there is room, and every earlier turn of their collection is imported. */
    List<ImportUnit> take(int atMost) {
        long now = nanos.getAsLong();
        if (allowed < most && now - nextTry >= 0) {
            allowed++;
            nextTry = now + NEXT_TRY_NANOS;
        }
        int room = Math.min(atMost, allowed - running.size());
        List<ImportUnit> taken = new ArrayList<>();
        for (Iterator<ImportUnit> units = waiting.iterator(); units.hasNext() && taken.size() < room; ) {
            ImportUnit unit = units.next();
            boolean itsTurn = open.getOrDefault(unit.sourceId(), Map.of()).keySet().stream()
                    .allMatch(turn -> turn >= unit.turn());
            if (itsTurn) {
                units.remove();
                taken.add(unit);
            }
        }
        return taken;
    }

    /** The jobs that run. */
    List<ImportUnit> running() {
        return running.values().stream().map(Running::unit).toList();
    }

    void running(ImportUnit unit) {
        refusedSince = 0;
        long now = nanos.getAsLong();
        running.put(unit.unit(), new Running(unit, now, now + FIRST_LOOK_NANOS));
    }

    /** The server takes no more for now: what runs at the moment is as much as it can have. */
    void refused(List<ImportUnit> units) {
        for (ListIterator<ImportUnit> last = units.listIterator(units.size()); last.hasPrevious(); ) {
            waiting.addFirst(last.previous());
        }
        allowed = Math.max(1, running.size());
        long now = nanos.getAsLong();
        nextTry = now + NEXT_TRY_NANOS;
        if (running.isEmpty() && refusedSince == 0) {
            refusedSince = now;
        }
    }

    /** How long the server has refused every job while it had none, 0 where it took one since. */
    long refusedForMillis() {
        return refusedSince == 0 ? 0 : (nanos.getAsLong() - refusedSince) / 1_000_000;
    }

    void imported(ImportUnit unit) {
        ended(unit);
        open.computeIfPresent(unit.sourceId(), (id, turns) -> {
            turns.computeIfPresent(unit.turn(), (turn, count) -> count == 1 ? null : count - 1);
            return turns;
        });
    }

    /** A job that ended without its rows: it is to be sent again. */
    void again(ImportUnit ended, ImportUnit planned) {
        ended(ended);
        waiting.add(planned);
    }

    /** There is room for another now. While jobs filled the server nothing was asked, so nothing was refused. */
    private void ended(ImportUnit unit) {
        running.remove(unit.unit());
        allowed = Math.min(most, allowed + 1);
        refusedSince = 0;
    }

    /** Forgets all that is left of a collection that failed. */
    void drop(long sourceId) {
        waiting.removeIf(unit -> unit.sourceId() == sourceId);
        if (running.values().removeIf(job -> job.unit().sourceId() == sourceId)) {
            refusedSince = 0;
        }
        open.remove(sourceId);
    }

    /** Whether jobs other than these run for the same partition, so that its rows do not stand still. */
    boolean othersAtWork(List<ImportUnit> units) {
        return !neighbours(units).isEmpty();
    }
}
