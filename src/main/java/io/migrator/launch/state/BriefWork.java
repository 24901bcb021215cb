package io.migrator.launch.state;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work of little weight at the end of a run, which it neither fails nor holds up: not even by a disk that hangs. */
final class BriefWork {
    private static final Logger LOG = LoggerFactory.getLogger(BriefWork.class);
    private static final Duration LOOK = Duration.ofMillis(20);
    /** To clear away what it has at hand. */
    private static final Duration LEAVE = Duration.ofMillis(500);

    private final Duration most;
    private final BooleanSupplier stop;
    private volatile boolean enough;

    /**
     * @param most how long it may take
     * @param stop asked all the time: whoever wants the run to end does not wait for this
     */
    BriefWork(Duration most, BooleanSupplier stop) {
        this.most = most;
        this.stop = stop;
    }

    /** @param work is given what to ask whether it is to end */
    void run(Consumer<BooleanSupplier> work) {
        if (stop.getAsBoolean()) {
            return;
        }
        try {
            Thread thread = new Thread(() -> attempt(work), "tidy");
            thread.setDaemon(true);
            thread.start();
            long until = System.nanoTime() + most.toNanos();
            while (thread.isAlive() && System.nanoTime() < until && !stop.getAsBoolean()) {
                thread.join(LOOK.toMillis());
            }
            enough = true;
            thread.join(LEAVE.toMillis());
        } catch (InterruptedException e) {
            enough = true;
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.debug("not begun", e);
        }
    }

    private void attempt(Consumer<BooleanSupplier> work) {
        try {
            work.accept(() -> enough);
        } catch (RuntimeException | Error e) {
            LOG.debug("given up", e);
        }
    }
}
