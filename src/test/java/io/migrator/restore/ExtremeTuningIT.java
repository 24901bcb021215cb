package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.launch.RunOutcome;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The least and the most of everything that tunes a run: it works. What is beyond, ExtremeValuesTest has refused. */
class ExtremeTuningIT {
    private static final String[] LEAST = {"in-flight=1", "chunk=1", "max-requests-per-second=999999"};
    private static final String[] MOST = {
        "in-flight=9999", "chunk=99999", "max-bytes-per-second=999999999G", "max-requests-per-second=999999"
    };

    @TempDir
    private Path folder;

    @Test
    void worksWithTheLeastAndTheMost() {
        try (RepeatGround ground = RepeatGround.in(folder)) {
            ground.fill("a", 1);
            ground.fill("b", 100);

            ground.tuned(1);
            whole(ground.backUp(with(LEAST, "collection=a", "name=least", "workers=1")));
            ground.tuned(1_000_000);
            whole(ground.backUp(with(MOST, "collection=*", "name=most", "workers=99")));
            whole(ground.restore(with(MOST, "name=most", "suffix=_most", "transfer=stream")));
            whole(ground.verify("name=most", "mode=deep", "in-flight=999", "chunk=99999", "subset=1/99999"));

            assertThat(ground.targetRows("b_most")).isEqualTo(ground.sourceRows("b"));
        }
    }

    private static String[] with(String[] tuning, String... words) {
        return Stream.concat(Stream.of(tuning), Stream.of(words)).toArray(String[]::new);
    }

    private static void whole(RunOutcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.message()).isZero();
    }
}
