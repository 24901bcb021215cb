package io.migrator.cli.output;

import java.time.Duration;

/** When something was last done of a stage, as one thread that looks now and then can tell. */
final class StageNews {
    /** Below it a silence is nothing to speak of. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private long objects;
    private long bytes;
    private Duration heard = Duration.ZERO;
    private Duration longest = Duration.ZERO;

    /** The same stage, with that. */
    StageState of(StageState now) {
        if (now.moreObjects() != objects || now.moreBytes() != bytes) {
            objects = now.moreObjects();
            bytes = now.moreBytes();
            Duration silence = now.elapsed().minus(heard);
            longest = silence.compareTo(longest) > 0 ? silence : longest;
            heard = now.elapsed();
        }
        Duration silence = now.elapsed().minus(heard);
        return now.heard(heard, silence.compareTo(longest) > 0 && silence.compareTo(PATIENCE) > 0);
    }
}
