package io.migrator.fake.rpc;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Every request that reached the server, in the order it came, refused ones too. */
public final class RequestLog {
    private final Map<String, Queue<Entry>> byMethod = new ConcurrentHashMap<>();
    private volatile Consumer<Entry> listener = entry -> {};

    /**
     * @param method the RPC's name, such as {@code DescribeCollection}; over REST and on the management port the path
     * @param message the protobuf message, the JSON body, or the query of a GET
     */
    public record Entry(String method, Caller caller, Object message, Instant at) {}

    public void add(String method, Caller caller, Object message) {
        Entry entry = new Entry(method, caller, message, Instant.now());
        byMethod.computeIfAbsent(method, name -> new ConcurrentLinkedQueue<>()).add(entry);
        listener.accept(entry);
    }

    /** Tells of each request from now on, when it came and before it is done; many threads may. */
    public void listen(Consumer<Entry> newListener) {
        listener = newListener;
    }

    public List<Entry> of(String method) {
        return List.copyOf(byMethod.getOrDefault(method, new ConcurrentLinkedQueue<>()));
    }

    public int count(String method) {
        return of(method).size();
    }

    /** How often each method was called, by name. */
    public Map<String, Integer> counts() {
        return byMethod.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().size(), Integer::sum, TreeMap::new));
    }

    /** All requests of that message type. */
    public <T> List<T> messages(Class<T> type) {
        return byMethod.values().stream()
                .flatMap(Queue::stream)
                .map(Entry::message)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    public void clear() {
        byMethod.clear();
    }
}
