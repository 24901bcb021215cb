package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.Rows;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** SIGTERM: a stop at a safe point, and an exit code that says so. */
@ExtendWith(LabExtension.class)
final class StopIT {
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final MigrationLab lab;

    StopIT(MigrationLab lab) {
        this.lab = lab;
    }

    @Test
    void stopsACopyAndGoesOn() {
        lab.wide();
        Desk desk = lab.deskA();
        Outcome stopped;
        try (MigratorProcess process =
                desk.start("--job=backup", "collection=wide", "name=stopped", "in-flight=1", "chunk=5")) {
            assertThat(process.awaitUnlessEnded(
                            "20 objects",
                            () -> lab.vault().count("backup/stopped/binlogs/") >= 20,
                            Duration.ofMillis(50)))
                    .isTrue();
            stopped = terminate(process);
        }
        int copied = lab.vault().count("backup/stopped/binlogs/");
        Outcome again = desk.runHere("--job=backup", "collection=wide", "name=stopped");

        assertThat(stopped).returns(4, Outcome::exitCode);
        assertThat(stopped.errors()).contains("Run the same command to go on where it stopped");
        assertThat(copied).isBetween(20, WideCollection.OBJECTS - 1);
        assertThat(again).returns(0, Outcome::exitCode);
        lab.requireWhole("stopped");
    }

    /** Throttled, the copy takes minutes; the rest is copied without, as the same work. */
    @Test
    void goesOnAtAnotherSpeed() {
        lab.wide();
        Desk desk = lab.deskA();
        Outcome stopped;
        try (MigratorProcess process = desk.start(
                "--job=backup",
                "collection=wide",
                "name=throttled",
                "transfer=stream",
                "max-bytes-per-second=20K",
                "max-requests-per-second=40")) {
            assertThat(process.awaitUnlessEnded(
                            "60 objects",
                            () -> lab.vault().count("backup/throttled/binlogs/") >= 60,
                            Duration.ofMillis(50)))
                    .isTrue();
            stopped = terminate(process);
        }
        int copied = lab.vault().count("backup/throttled/binlogs/");
        Outcome again = desk.runHere("--job=backup", "collection=wide", "name=throttled");

        assertThat(stopped).returns(4, Outcome::exitCode);
        assertThat(copied).isBetween(60, 200);
        assertThat(again).returns(0, Outcome::exitCode);
        lab.requireWhole("throttled");
    }

    @Test
    void stopsAnImportAndGoesOn() {
        Rows.Digest wanted = lab.parts();
        assertThat(lab.deskA().runHere("--job=backup", "collection=parts", "name=for_stop"))
                .returns(0, Outcome::exitCode);
        Desk desk = lab.deskB();
        String[] words = {"--job=restore", "name=for_stop", "suffix=_stop"};
        Outcome stopped;
        try (MigratorProcess process = desk.start(words)) {
            assertThat(process.awaitUnlessEnded(
                            "an import", () -> !lab.importTasks("parts_stop").isEmpty(), Duration.ofMillis(50)))
                    .isTrue();
            stopped = terminate(process);
        }
        Outcome history = desk.runHere("history");
        Outcome again = desk.runHere(words);

        assertThat(stopped).returns(4, Outcome::exitCode);
        assertThat(stopped.errors())
                .contains("Run the same command to go on where it stopped")
                .containsPattern("Milvus goes on by itself with [0-9]+ import jobs?: [0-9]+ of default.parts_stop");
        assertThat(history.output()).containsPattern("left import job [0-9]+ of default.parts_stop");
        assertThat(again.output())
                .containsPattern("the run before left at Milvus [0-9]+ import jobs?: [0-9]+ of default");
        assertThat(again).returns(0, Outcome::exitCode);
        assertThat(lab.restored("parts_stop")).isEqualTo(wanted);
    }

    private static Outcome terminate(MigratorProcess process) {
        long begin = System.nanoTime();
        process.terminate();
        Outcome outcome = process.end();
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).isLessThan(GRACE.toSeconds());
        return outcome;
    }
}
