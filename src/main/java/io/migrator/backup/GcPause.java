package io.migrator.backup;

import io.migrator.batch.JobContext;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.GarbageCollection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps Milvus from deleting files while they are copied, where the server can do that; renewed until it is ended. */
final class GcPause implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GcPause.class);
    private static final Duration LEASE = Duration.ofHours(1);

    private final JobContext context;
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "gc-pause");
        thread.setDaemon(true);
        return thread;
    });
    private volatile GarbageCollection.@Nullable Pause pause;

    GcPause(JobContext context) {
        this.context = context;
    }

    /** Does nothing where a pause is held already. */
    void begin() {
        if (pause != null) {
            return;
        }
        String asked = context.parameter("gc-pause");
        String mode = !asked.isEmpty() ? asked : context.config().backup().gcPauseEnabled() ? "try" : "off";
        if (mode.equals("off")) {
            context.report().fact("gc_pause", "off");
            return;
        }
        String address = context.config().backup().gcPauseAddress();
        try {
            Optional<GarbageCollection.Pause> taken = new GarbageCollection(address).pause(LEASE);
            if (taken.isEmpty() && mode.equals("require")) {
                throw MigratorException.unable(
                        Failure.UNSUPPORTED,
                        "pause garbage collection at",
                        address,
                        "this Milvus has no such switch",
                        "Use gc-pause=try: files that vanish are noticed and planned anew.");
            }
            pause = taken.orElse(null);
            context.report().fact("gc_pause", taken.isPresent() ? "paused" : "not supported by this Milvus");
            long half = LEASE.toSeconds() / 2;
            var unused = renewal.scheduleAtFixedRate(this::renew, half, half, TimeUnit.SECONDS);
        } catch (MigratorException e) {
            if (mode.equals("require")) {
                throw e;
            }
            context.report().fact("gc_pause", "failed");
            LOG.warn("going on without pausing garbage collection: {}", e.getMessage());
        }
    }

    private void renew() {
        GarbageCollection.Pause held = pause;
        if (held != null) {
            try {
                held.extend(LEASE);
            } catch (MigratorException e) {
                LOG.warn("{}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        renewal.shutdownNow();
        GarbageCollection.Pause held = pause;
        if (held != null) {
            try {
                held.close();
            } catch (MigratorException e) {
                LOG.warn("{}; it goes on by itself within {}", e.getMessage(), LEASE);
            }
        }
    }
}
