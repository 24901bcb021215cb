package io.migrator.fake.rpc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Faults that wait for calls: each takes the next one of its method. */
public final class Faults {
    private final Map<String, Queue<Fault>> waiting = new ConcurrentHashMap<>();
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    /** @param method as in {@link RequestLog.Entry#method} */
    public void next(String method, Fault... faults) {
        waiting.computeIfAbsent(method, name -> new ConcurrentLinkedQueue<>()).addAll(List.of(faults));
    }

    /** Forgets those that still wait. */
    public void clear() {
        waiting.clear();
    }

    /** How often each kind came true for each method, such as {@code Flush DropAfter}. */
    public Map<String, Integer> taken() {
        return Map.copyOf(taken);
    }

    Optional<Fault> take(String method) {
        Queue<Fault> queue = waiting.get(method);
        Optional<Fault> fault = queue == null ? Optional.empty() : Optional.ofNullable(queue.poll());
        fault.filter(any -> !(any instanceof Fault.None))
                .ifPresent(any -> taken.merge(method + " " + any.getClass().getSimpleName(), 1, Integer::sum));
        return fault;
    }
}
