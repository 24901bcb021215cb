package io.migrator.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.migrator.Main;
import io.migrator.failure.Failure;
import io.migrator.record.RecordFolder;
import io.migrator.record.RecordedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands before and after a run. */
@DisabledOnOs(OS.WINDOWS)
class HooksTest {
    @TempDir
    Path dir;

    private final AtomicBoolean worked = new AtomicBoolean();
    private Watched nightly;

    @BeforeEach
    void start() {
        nightly = new Watched(dir).working(progress -> worked.set(true));
    }

    @Test
    void knowWhichRunItIs() throws IOException {
        Path said = dir.resolve("said.txt");
        nightly.set("hooks.before", "/bin/sh -c 'echo before $MIGRATOR_RUN_TASK $MIGRATOR_RUN_ATTEMPT >> " + said + "'")
                .set(
                        "hooks.after",
                        "/bin/sh -c 'echo after $MIGRATOR_RUN_KIND $MIGRATOR_RUN_NAME $MIGRATOR_RUN_EXIT_CODE"
                                + " $MIGRATOR_RUN_FAILURE \"$MIGRATOR_RUN_MESSAGE\" >> " + said + "; test -f"
                                + " \"$MIGRATOR_RUN_RECORD\"'");
        assertThat(nightly.run(Failure.CORRUPT)).isEqualTo(20);

        assertThat(nightly.errors()).doesNotContain("hooks.");
        assertThat(Files.readAllLines(said))
                .containsExactly("before nightly 1", "after backup n 20 CORRUPT it <failed>");
    }

    @Test
    void oneThatFailsBeforeStopsTheRunFirst() {
        nightly.set("hooks.before", "/bin/sh -c 'echo no room for it; exit 7'");
        assertThat(nightly.run(null)).isEqualTo(5);

        assertThat(worked).isFalse();
        assertThat(nightly.errors())
                .contains(
                        "unable to begin 'nightly': the command of hooks.before ended with 7: no room for it. Nothing was"
                                + " touched.");
        RecordedRun run =
                new RecordFolder(nightly.state()).newestFirst().findFirst().orElseThrow();
        assertThat(run.end()).isNotNull();
        assertThat(run.end().failure()).isEqualTo(Failure.HOOK_FAILED);
    }

    /** By the real program: a signal ends the command as well, which is no fault of its. */
    @Test
    void aStopWhileTheOneBeforeRunsIsAStop() throws Exception {
        Path begun = dir.resolve("begun");
        Path config = Files.writeString(
                dir.resolve("backup.yaml"),
                "minio: {storageType: local, rootPath: %1$s/a, backupStorageType: local, backupRootPath: %1$s/v}%n"
                        .formatted(dir));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--job=verify",
                        "name=n",
                        "--config=" + config,
                        "--state-dir=" + nightly.state(),
                        "--set",
                        "hooks.before=/bin/sh -c 'touch " + begun + "; sleep 600'")
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("said").toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(begun) || !process.isAlive());
            process.toHandle().destroy();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue())
                .as(Files.readString(dir.resolve("said")))
                .isEqualTo(4);
        RecordedRun run =
                new RecordFolder(nightly.state()).newestFirst().findFirst().orElseThrow();
        assertThat(run.end()).isNotNull();
        assertThat(run.end().failure()).isEqualTo(Failure.STOPPED);
    }

    @Test
    void oneThatIsNotThereStopsTheRunToo() {
        nightly.set("hooks.before", dir.resolve("no-such-command").toString());

        assertThat(nightly.run(null)).isEqualTo(5);
        assertThat(worked).isFalse();
        assertThat(nightly.errors()).contains("the command of hooks.before cannot be run");
    }

    /** It would undo what the other run's command did. */
    @Test
    void noneRunsAfterARunThatFoundAnotherAtItsWork() {
        Path said = dir.resolve("said.txt");
        nightly.set("hooks.after", "/bin/sh -c 'echo after >> " + said + "'");
        assertThat(nightly.run(Failure.LOCKED)).isEqualTo(11);

        assertThat(said).doesNotExist();
    }

    @Test
    void oneWithALongLimitIsEndedItself() {
        nightly.set("hooks.after", "/bin/sh -c 'sleep 600'");
        assertThat(nightly.run(Failure.STOPPED)).isEqualTo(4);
        assertThat(nightly.errors()).containsOnlyOnce("hooks.after: the command did not end within 4 s and was ended");
    }

    @Test
    void oneThatHangsIsEnded() {
        nightly.set("hooks.timeout", "1").set("hooks.before", "/bin/sh -c 'sleep 600'");
        assertThat(nightly.run(null)).isEqualTo(5);
        assertThat(nightly.errors()).contains("hooks.before did not end within 1 s and was ended");

        nightly.set("hooks.before", "/bin/true").set("hooks.after", "/bin/sh -c 'sleep 600 & sleep 600'");
        assertThat(nightly.run(null)).isZero();
        assertThat(worked).isTrue();
        assertThat(nightly.errors()).containsOnlyOnce("hooks.after: the command did not end within 1 s and was ended");
    }

    @Test
    void oneThatPrintsAGigabyteFillsNothing() {
        nightly.set("hooks.before", "/bin/sh -c 'head -c 1000000000 /dev/zero; echo; exit 3'");

        assertThat(nightly.run(null)).isEqualTo(5);
        assertThat(nightly.errors()).contains("hooks.before ended with 3: ").hasSizeLessThan(10_000);
    }

    @Test
    void aQuoteThatIsNotClosedIsRefused() {
        nightly.set("hooks.after", "/bin/sh -c 'echo");

        assertThat(nightly.run(null)).isEqualTo(2);
        assertThat(nightly.errors()).contains("must be a command and its arguments between spaces, with closed quotes");
    }
}
