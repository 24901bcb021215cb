package io.migrator.cli.output;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Says every ten seconds that a word without stages is at work, and whom it asks. */
public final class StillWaiting {
    private static final Duration BEAT = Duration.ofSeconds(10);

    private StillWaiting() {}

    /** @param place what the work asks */
    public static int during(Output output, String word, String place, IntSupplier work) {
        long begin = System.nanoTime();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(beats -> {
            Thread thread = new Thread(beats, "still-waiting");
            thread.setDaemon(true);
            return thread;
        });
        Runnable beat = () -> output.warn(List.of("%s: at work for %s, asking %s"
                .formatted(word, Amounts.duration(Duration.ofNanos(System.nanoTime() - begin)), place)));
        try {
            var unused = clock.scheduleAtFixedRate(beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
            return work.getAsInt();
        } finally {
            clock.shutdownNow();
        }
    }
}
