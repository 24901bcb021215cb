package io.migrator.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.restore.RepeatGround;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of names may be of any length: what identifies a work is a digest. */
class LongSelectionTest {
    /** 100 KB. */
    private static final int MANY = 10_000;

    @TempDir
    Path folder;

    @Test
    void listsOfAnyLengthRunAndAreTheSameWorkAgain() {
        try (RepeatGround ground = RepeatGround.in(folder)) {
            ground.fill("a", 0);
            String names = list("no%06d*");
            String stars =
                    IntStream.range(1, 440).mapToObj(i -> "a" + "*".repeat(i)).collect(Collectors.joining(","));
            String[] backup = {
                "collection=a," + stars,
                "exclude=" + names,
                "partition=_default,p1," + stars.replace('a', 'p'),
                "name=n"
            };
            String[] restore = {
                "name=n",
                "collection=a," + names,
                "exclude=" + names,
                "target-collection=new," + names,
                "partition=*",
                "rename=" + IntStream.range(0, MANY).mapToObj(i -> "a:new").collect(Collectors.joining(","))
            };

            RunOutcome backedUp = ground.backUp(backup);
            RunOutcome restored = ground.restore(restore);

            assertThat(backedUp.exitCode()).as(shown(backedUp)).isZero();
            assertThat(restored.exitCode()).as(shown(restored)).isZero();
            assertThat(ground.targetRows("new")).isEqualTo(ground.sourceRows("a"));
            assertThat(ground.backUp(backup).message()).contains("already complete");
            assertThat(ground.restore(restore).message()).contains("already complete");
        }
    }

    @Test
    void aNameOfAnyLengthThatIsAllowedGivesAFileName() {
        try (RepeatGround ground = RepeatGround.in(folder)) {
            ground.fill("a", 0);
            String longest = "n".repeat(128);

            assertThat(ground.backUp("collection=a", "name=" + longest).exitCode())
                    .isZero();
            assertThat(ground.restore("name=" + longest).exitCode()).isZero();
            RunOutcome missing = ground.restore("name=" + "n".repeat(255));
            assertThat(missing.exitCode()).as(missing.message()).isEqualTo(10);
        }
    }

    private static String list(String form) {
        return IntStream.range(0, MANY).mapToObj(form::formatted).collect(Collectors.joining(","));
    }

    private static String shown(RunOutcome outcome) {
        String message = outcome.message();
        return message.substring(0, Math.min(500, message.length()));
    }
}
