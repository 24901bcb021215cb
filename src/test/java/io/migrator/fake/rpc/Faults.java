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

    /** @param method as in {@link RequestLog.Entry#method} */
    public void next(String method, Fault... faults) {
        waiting.computeIfAbsent(method, name -> new ConcurrentLinkedQueue<>()).addAll(List.of(faults));
    }

    Optional<Fault> take(String method) {
        Queue<Fault> queue = waiting.get(method);
        return queue == null ? Optional.empty() : Optional.ofNullable(queue.poll());
    }
}
