package io.migrator.process;

import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import io.migrator.lab.Schemas;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.FlushRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A client that inserts and deletes rows of one collection, each change after the answer to the one before, and has Milvus
 * flush now and then, so that segments come all the time.
 */
final class ChangeStream implements AutoCloseable {
    private static final int ROWS = 20;
    private static final int DELETED = 7;
    private static final int CHANGES_PER_FLUSH = 150;
    /**
     * The least that a change takes. A faster client has segments made faster than Milvus tells that their deletes are
     * written, and the more it has, the longer that takes: a backup then waits for minutes.
     */
    private static final Duration PACE = Duration.ofMillis(25);

    private final LabClient client;
    private final Fill fill;
    private final CollectionSchema schema;
    private final Random random;
    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private final NavigableSet<Long> keys = new TreeSet<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final Thread writer;
    private volatile @Nullable RuntimeException fault;
    private long next;

    /** One call that Milvus acknowledged. Keys are inserted once in all. */
    record Change(boolean insert, List<Long> keys, Instant began, Instant ended) {
        void applyTo(NavigableSet<Long> rows) {
            if (insert) {
                rows.addAll(keys);
            } else {
                rows.removeAll(keys);
            }
        }
    }

    /** Makes the collection, of two shards, and begins. */
    ChangeStream(LabClient client, String name, Random random) {
        this.client = client;
        this.fill = new Fill(client);
        this.random = random;
        this.schema = Schemas.keyAndVector(name, 2);
        fill.create(schema, 2, ConsistencyLevel.Bounded, 0);
        fill.index(name, "v", "v", "index_type", "FLAT", "metric_type", "L2");
        writer = new Thread(this::run, "changes-" + name);
        writer.setDaemon(true);
        writer.start();
    }

    private void run() {
        try {
            while (!stop.get()) {
                long due = System.nanoTime() + PACE.toNanos();
                change(changes.size() % 4 == 3);
                LockSupport.parkNanos(due - System.nanoTime());
                if (changes.size() % CHANGES_PER_FLUSH == 0) {
                    LabClient.require(client.stub()
                            .flush(FlushRequest.newBuilder()
                                    .addCollectionNames(schema.getName())
                                    .build())
                            .getStatus());
                }
            }
        } catch (RuntimeException e) {
            fault = e;
        }
    }

    private void change(boolean delete) {
        List<Long> concerned = new ArrayList<>();
        for (int i = 0; i < DELETED && delete; i++) {
            Long key = keys.ceiling((long) (random.nextDouble() * next));
            if (key != null && !concerned.contains(key)) {
                concerned.add(key);
            }
        }
        for (int i = 0; i < ROWS && !delete; i++) {
            concerned.add(next + i);
        }
        Instant began = Instant.now();
        if (delete) {
            fill.delete(schema.getName(), "id in " + concerned);
        } else {
            fill.insert(
                    schema,
                    "_default",
                    (int) next,
                    (int) next + ROWS,
                    i -> Map.of("id", (long) i, "v", new float[] {i, 1}));
            next += ROWS;
        }
        Change done = new Change(!delete, List.copyOf(concerned), began, Instant.now());
        done.applyTo(keys);
        changes.add(done);
    }

    /** Has all of it written that was acknowledged so far; the changes go on meanwhile. */
    void flush() {
        fill.flush(schema.getName());
    }

    /** What was acknowledged so far, in order. */
    List<Change> changes() {
        RuntimeException failed = fault;
        if (failed != null) {
            throw failed;
        }
        return List.copyOf(changes);
    }

    /** Ends after the change it is at, and gives all; fails as that one did. */
    List<Change> end() {
        close();
        return changes();
    }

    @Override
    public void close() {
        stop.set(true);
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
