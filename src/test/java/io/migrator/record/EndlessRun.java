package io.migrator.record;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process with a run that never ends, to be killed. */
public final class EndlessRun {
    private EndlessRun() {}

    /** @param args the state folder */
    public static void main(String[] args) throws InterruptedException {
        RunRecording recording = RunRecording.begin(
                Path.of(args[0]), Runs.start("nightly", "n1"), Clock.systemUTC(), Duration.ofMillis(50));
        recording.stage("copy", 30, 0);
        recording.advance(3, 0);
        recording.outside(List.of("import job 7 of default.a"));
        new CountDownLatch(1).await();
    }
}
