package io.migrator.restore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The units of a chunk that are not imported yet, and how many the server may be given at once. For one thread. */
final class ImportQueue {
    private final int most;
    private final Deque<ImportUnit> waiting = new ArrayDeque<>();
    private final Map<Long, ImportUnit> running = new LinkedHashMap<>();
    /** Units that are not imported, by collection and turn. */
    private final Map<Long, Map<Integer, Integer>> open = new HashMap<>();

    private int allowed;
    private long refusedSince;

    ImportQueue(int most) {
        this.most = most;
        this.allowed = most;
    }

    void add(ImportUnit unit) {
        open.computeIfAbsent(unit.sourceId(), id -> new HashMap<>()).merge(unit.turn(), 1, Integer::sum);
        if (unit.state() == ImportUnit.State.SUBMITTED) {
            running.put(unit.unit(), unit);
        } else {
            waiting.add(unit);
        }
    }

    boolean isDone() {
        return waiting.isEmpty() && running.isEmpty();
    }

    Collection<ImportUnit> running() {
        return running.values();
    }

    /** Takes units that may be sent now: there is room, and every earlier turn of their collection is imported. */
    List<ImportUnit> take(int atMost) {
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

    void running(ImportUnit unit) {
        refusedSince = 0;
        running.put(unit.unit(), unit);
    }

    /** The server takes no more for now: what runs at the moment is as much as it can have. */
    void refused(List<ImportUnit> units) {
        for (ListIterator<ImportUnit> last = units.listIterator(units.size()); last.hasPrevious(); ) {
            waiting.addFirst(last.previous());
        }
        allowed = Math.max(1, running.size());
        refusedSince = refusedSince == 0 ? System.nanoTime() : refusedSince;
    }

    /** How long the server has refused every job, 0 where it took one or one ended since. */
    long refusedForMillis() {
        return refusedSince == 0 ? 0 : (System.nanoTime() - refusedSince) / 1_000_000;
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
        if (running.values().removeIf(unit -> unit.sourceId() == sourceId)) {
            refusedSince = 0;
        }
        open.remove(sourceId);
    }

    /** Whether jobs other than these run for the same partition, so that its rows do not stand still. */
    boolean othersAtWork(List<ImportUnit> units) {
        Set<Long> own = units.stream().map(ImportUnit::unit).collect(Collectors.toSet());
        ImportUnit first = units.get(0);
        return running.values().stream()
                .anyMatch(unit -> unit.sourceId() == first.sourceId()
                        && unit.partition().equals(first.partition())
                        && !own.contains(unit.unit()));
    }
}
