package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.data.RowDigest;
import io.migrator.launch.RunOutcome;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of repeated restores share: a ground of their own, two collections, and what a repeat is held to. */
abstract class RepeatCase {
    @TempDir
    Path folder;

    RepeatGround ground;
    Map<String, RowDigest> both;

    @BeforeEach
    void start() {
        ground = RepeatGround.in(folder);
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    static void assertEnds(int exitCode, RunOutcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(exitCode);
    }

    static void assertRefused(RunOutcome outcome, String... texts) {
        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.RESUME_REFUSED);
        assertThat(outcome.message()).contains(texts);
    }

    /** a and b, backed up and restored. */
    void completed(String... parameters) {
        ground.fill("a", 0);
        ground.fill("b", 1000);
        both = Map.of("a", ground.sourceRows("a"), "b", ground.sourceRows("b"));
        assertEnds(0, ground.backUp("collection=a,b", "name=n"));
        assertEnds(0, ground.restore(parameters));
    }

    RunOutcome again(String... parameters) {
        return ground.restoreKept(both, parameters);
    }
}
