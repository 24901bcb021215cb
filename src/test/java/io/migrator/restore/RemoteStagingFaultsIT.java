package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.StageHook;
import io.migrator.launch.request.JobKind;
import io.migrator.report.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults that workers meet while they stage: a restore ends as it would without them. */
class RemoteStagingFaultsIT {
    private static final List<String> COLLECTIONS = List.of("a", "b", "c", "d");

    @TempDir
    Path folder;

    private HelpedGround ground;
    private Path blockade;

    @BeforeEach
    void start() {
        ground = HelpedGround.with(folder, COLLECTIONS);
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    private static String[] words(String... more) {
        return Stream.concat(Stream.of("name=n", "chunk=2"), Stream.of(more)).toArray(String[]::new);
    }

    private static void assertEnds(int code, RunOutcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(code);
    }

    /** What keeps collection b from being staged, from a moment on when the backup was looked at. */
    private enum Fault {
        /** Is seen when what was staged is proven. */
        FILE_GONE,
        /** Is met by who copies. */
        PLACE_TAKEN
    }

    private void make(Fault fault) {
        try {
            if (fault == Fault.FILE_GONE) {
                Path log = ground.files("/insert_log/" + b() + "/").get(0);
                Files.move(log, folder.resolve("aside"));
                Files.writeString(folder.resolve("from"), log.toString());
            } else {
                Files.createDirectories(place().getParent());
                Files.writeString(place(), "in the way");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void mend(Fault fault) throws IOException {
        if (fault == Fault.FILE_GONE) {
            Files.move(folder.resolve("aside"), Path.of(Files.readString(folder.resolve("from"))));
        } else {
            // Gone already where it was taken for what nobody planned.
            Files.deleteIfExists(place());
        }
    }

    private long b() {
        return ground.ground()
                .source()
                .model()
                .requireDatabase("default")
                .find("b")
                .orElseThrow()
                .id();
    }

    /** The folder of its insert logs in the bucket of the target. */
    private Path place() {
        String key = String.valueOf(ground.query("select min(target_key) as key from %s.copy_plan where owner_id = %d"
                        .formatted(ground.schema(JobKind.RESTORE), b()))
                .get(0)
                .get("key"));
        if (key.equals("null")) {
            return blockade;
        }
        blockade = Path.of(ground.config().milvusStorage().bucketName()).resolve(key.replaceFirst("/[^/]+/[^/]+$", ""));
        return blockade;
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWithoutACollectionAsARunWithoutWorkers(Fault fault) throws IOException {
        ground.worker(2);

        RunOutcome shared = ground.run(
                JobKind.RESTORE, StageHook.at("copy", () -> make(fault)), words("on-error=continue", "workers=remote"));
        assertEnds(Failure.PARTIAL.exitCode(), shared);
        mend(fault);
        RunOutcome alone =
                ground.run(JobKind.RESTORE, StageHook.at("copy", () -> make(fault)), words("on-error=continue"));

        assertEnds(Failure.PARTIAL.exitCode(), alone);
        assertThat(missing(shared)).contains("default.b").isEqualTo(missing(alone));
        ground.requireRestored(List.of("a", "c", "d"));
        mend(fault);
        assertEnds(0, ground.run(JobKind.RESTORE, Progress.NONE, words("workers=remote")));
        ground.requireRestored(COLLECTIONS);
        assertThat(ground.staged()).isEmpty();
    }

    /** Which of the files is met first is chance. */
    private static String missing(RunOutcome outcome) {
        return String.valueOf(outcome.report().facts().get("missing")).replaceAll("'[^']*'", "''");
    }

    @Test
    void endsAsARunWithoutWorkersWouldWhereAStoreFails() throws IOException {
        ground.worker(2);

        RunOutcome shared = ground.run(
                JobKind.RESTORE, StageHook.at("copy", () -> make(Fault.PLACE_TAKEN)), words("workers=remote"));
        RunOutcome alone = ground.run(JobKind.RESTORE, Progress.NONE, words());

        assertThat(alone.failure()).isNotNull();
        assertThat(shared.failure()).as(shared.message()).isEqualTo(alone.failure());
        assertThat(shared.message()).contains("(told by the worker ");
        mend(Fault.PLACE_TAKEN);
        assertEnds(0, ground.run(JobKind.RESTORE, Progress.NONE, words("workers=remote")));
        ground.requireRestored(COLLECTIONS);
    }
}
