package io.migrator.milvus.calls;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for something a server does in its own time, says so now and then, and gives up in the end. */
public final class Waiting {
    private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final Action action;
    private final Duration limit;
    private final Backoff backoff;
    private final long began = System.nanoTime();
    private long lastHeartbeat = began;

    public Waiting(Action action, Duration limit) {
        this.action = action;
        this.limit = limit;
        this.backoff = new Backoff(limit, Duration.ofMillis(50), Duration.ofSeconds(1));
    }

    /** Waits a little; SERVER_FAILED once the limit is reached. */
    public void pause(Supplier<String> state) {
        if (!backoff.hasTime()) {
            throw MigratorException.unable(
                    Failure.SERVER_FAILED,
                    action.verb(),
                    action.thing(),
                    "not done after " + limit.toMinutes() + " minutes: " + state.get(),
                    "Look into Milvus' log, then run the same command again.");
        }
        long now = System.nanoTime();
        if (now - lastHeartbeat >= HEARTBEAT.toNanos()) {
            lastHeartbeat = now;
            LOG.info(
                    "Still trying to {} {} after {} s: {}",
                    action.verb(),
                    action.thing(),
                    Duration.ofNanos(now - began).toSeconds(),
                    state.get());
        }
        backoff.sleep(action);
    }
}
