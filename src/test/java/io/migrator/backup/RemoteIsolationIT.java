package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.launch.RunOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collection that workers cannot copy to its end: the run leaves it out, and tells what a run without workers tells. */
class RemoteIsolationIT {
    /** Half of all, so that all are one part: of several any may come first, and then nothing is copied of a in the others. */
    private static final String CHUNK = "chunk=24";

    @TempDir
    Path folder;

    private RemoteGround ground;

    @BeforeEach
    void start() {
        ground = RemoteGround.start(folder);
        ground.source().collection("default", "b");
        ground.source().collection("default", "c");
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    /** All of a is copied but its last segment, where a file has the place of a folder. */
    private RunOutcome partial(String name, String workers) {
        return ground.source()
                .backup(
                        new AtStage("copy", () -> block(name)),
                        "collection=*",
                        "name=" + name,
                        CHUNK,
                        "on-error=continue",
                        workers);
    }

    private void block(String name) {
        String last = String.valueOf(ground.query(
                        ("select target_key from %1$s.copy_plan where seq = (select max(seq) from %1$s.copy_plan where"
                                        + " owner_id = (select owner_id from %1$s.copy_plan group by owner_id order by count(*) desc limit 1))")
                                .formatted(ground.schema(name)))
                .get(0)
                .get("target_key"));
        Path segment = ground.vault().resolve(last).getParent().getParent();
        try {
            Files.createDirectories(segment.getParent());
            Files.writeString(segment, "in the way");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> numbers(RunOutcome outcome) {
        Map<String, Object> numbers = new TreeMap<>(outcome.report().facts());
        numbers.values().removeIf(value -> !(value instanceof Number));
        return numbers;
    }

    /** What is said of it, whichever backup it is; which of the files is met first is chance. */
    private static String told(RunOutcome outcome) {
        return "%s %s %s"
                .formatted(
                        outcome.message(),
                        outcome.report().facts().get("missing"),
                        outcome.report().tables())
                .replaceAll("'[^']*/[mn]/binlogs/[^']*'", "''")
                .replaceAll("\\bm\\b", "n");
    }

    @Test
    void tellsTheFiguresOfARunWithoutWorkers() {
        RunOutcome alone = partial("m", "workers=1");
        ground.worker(1);

        RunOutcome shared = partial("n", "workers=remote");

        assertThat(alone.failure()).as(alone.message()).isEqualTo(Failure.PARTIAL);
        assertThat((Long) numbers(alone).get("objects_copied"))
                .as("some of what was left out, too")
                .isGreaterThan((Long) numbers(alone).get("objects"));
        assertThat(shared.failure()).as(shared.message()).isEqualTo(Failure.PARTIAL);
        assertThat(shared.exitCode()).isEqualTo(alone.exitCode());
        assertThat(numbers(shared)).isEqualTo(numbers(alone));
        assertThat(told(shared)).isEqualTo(told(alone));
    }
}
