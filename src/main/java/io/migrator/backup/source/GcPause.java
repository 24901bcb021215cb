package io.migrator.backup.source;

import io.migrator.backup.state.FrozenCollection;
import io.migrator.backup.state.GcPauseMode;
import io.migrator.batch.JobContext;
import io.migrator.batch.WorkerPool;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.calls.ServerVersion;
import io.migrator.milvus.read.GarbageCollection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Milvus from deleting files while they are copied, where the server can do that: for the collections of the backup
 * from 2.6.8 on, for all of the server before. Renewed until it is ended.
 */
public final class GcPause implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GcPause.class);
    private static final Duration LEASE = Duration.ofHours(1);

    private final JobContext context;
    private final GcPauseMode mode;
    private final WorkerPool workers;
    private final GarbageCollection garbage;
    private final Collection<GarbageCollection.Pause> pauses = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "gc-pause");
        thread.setDaemon(true);
        return thread;
    });

    public GcPause(JobContext context, GcPauseMode mode, WorkerPool workers) {
        this.context = context;
        this.mode = mode;
        this.workers = workers;
        this.garbage = new GarbageCollection(context.config().backup().gcPauseAddress());
    }

    /** Does nothing where a pause is held already. */
    public synchronized void begin(ServerVersion version, List<FrozenCollection> collections) {
        if (!pauses.isEmpty()) {
            return;
        }
        if (mode == GcPauseMode.OFF) {
            context.report().fact("gc_pause", "off");
            return;
        }
        try {
            boolean paused = GarbageCollection.byCollection(version) ? pauseEach(collections) : pauseAll();
            if (!paused && mode == GcPauseMode.REQUIRE) {
                throw MigratorException.unable(
                        Failure.UNSUPPORTED,
                        "pause garbage collection at",
                        context.config().backup().gcPauseAddress(),
                        "this Milvus has no such switch",
                        "Use gc-pause=try: files that vanish are noticed and planned anew.");
            }
            context.report().fact("gc_pause", paused ? "paused" : "not supported by this Milvus");
        } catch (MigratorException e) {
            if (mode == GcPauseMode.REQUIRE) {
                throw e;
            }
            context.report().fact("gc_pause", "failed");
            LOG.warn("going on without pausing garbage collection: {}", e.getMessage());
        }
        long half = LEASE.toSeconds() / 2;
        var unused = renewal.scheduleAtFixedRate(this::renew, half, half, TimeUnit.SECONDS);
    }

    private boolean pauseAll() {
        Optional<GarbageCollection.Pause> taken = garbage.pause(LEASE);
        taken.ifPresent(pauses::add);
        return taken.isPresent();
    }

    /** Each pause is noted as soon as it is granted, so that those taken before a fault are given back, too. */
    private boolean pauseEach(List<FrozenCollection> collections) {
        List<Boolean> granted = workers.map(collections, collection -> {
            Optional<GarbageCollection.Pause> pause = garbage.pause(LEASE, collection.id());
            pause.ifPresent(this::hold);
            return pause.isPresent();
        });
        return granted.stream().allMatch(each -> each);
    }

    /** One that was still being asked for when another was refused comes once all were given back. */
    private void hold(GarbageCollection.Pause pause) {
        pauses.add(pause);
        if (closed && pauses.remove(pause)) {
            pause.close();
        }
    }

    private void renew() {
        for (GarbageCollection.Pause pause : pauses) {
            try {
                pause.extend(LEASE);
            } catch (MigratorException e) {
                LOG.warn("{}", e.getMessage());
                if (e.failure() == Failure.UNREACHABLE || closed) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        renewal.shutdownNow();
        AtomicReference<@Nullable String> fault = new AtomicReference<>();
        workers.map(List.copyOf(pauses), pause -> {
            // One that cannot be reached costs seconds; the others would, too, and all end by themselves.
            if (fault.get() == null) {
                try {
                    pause.close();
                } catch (MigratorException e) {
                    fault.compareAndSet(null, e.getMessage());
                }
            }
            return pause;
        });
        pauses.clear();
        String told = fault.get();
        if (told != null) {
            LOG.warn("{}; it goes on by itself within {}", told, LEASE);
        }
    }
}
