package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.migrator.failure.Failure;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.request.JobKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs leave in the state folder: nothing of what is not there, and what was completed not for ever. */
class TidyStateTest {
    @TempDir
    Path workDir;

    private SourceDouble source;

    @BeforeEach
    void start() {
        assumeTrue(System.getProperty("test.repository", "").isEmpty(), "about a state folder");
        source = SourceDouble.start(new LocalFolders(workDir), "2.4.15");
        source.collection("default", "c1");
        System.setProperty("migrator.state.pruningSeconds", "300");
    }

    @AfterEach
    void stop() {
        System.clearProperty("migrator.state.pruningSeconds");
        if (source != null) {
            source.close();
        }
    }

    private List<String> state() throws IOException {
        if (!Files.exists(source.state())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(source.state())) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    private static void requireNotFound(RunOutcome outcome) {
        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.NOT_FOUND);
    }

    @Test
    void aCollectionThatIsNotThere() throws IOException {
        requireNotFound(source.backup("name=a", "collection=c2"));
        assertThat(state()).isEmpty();
        requireNotFound(source.backup("collection=c2"));
        assertThat(state()).isEmpty();
        assertThat(source.keys("")).isEmpty();
    }

    @Test
    void aBackupThatIsNotThere() throws IOException {
        requireNotFound(source.run(JobKind.VERIFY, "name=b"));
        requireNotFound(source.run(JobKind.RESTORE, "name=b", "collection=c1", "suffix=_bak"));
        requireNotFound(source.run(JobKind.EXPORT, "name=b", "to=c"));
        assertThat(state()).isEmpty();
    }

    @Test
    void theStateFolderItselfIsNotMadeForThem() {
        SourceDouble elsewhere = source.withState("/not/there/yet");

        requireNotFound(elsewhere.run(JobKind.VERIFY, "name=b"));

        assertThat(elsewhere.state().getParent().getParent()).doesNotExist();
    }

    @Test
    void completedWorkIsForgottenByALaterRun() throws IOException {
        assertThat(source.backup("name=a", "collection=c1").exitCode()).isZero();
        assertThat(source.backup("name=b", "collection=c1").exitCode()).isZero();
        Path old = source.state()
                .resolve(state().stream()
                        .filter(name -> name.startsWith("backup-a-"))
                        .findFirst()
                        .orElseThrow());
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(31))));

        assertThat(source.run(JobKind.VERIFY, "name=b").exitCode()).isZero();

        assertThat(state())
                .filteredOn(name -> name.endsWith(".mv.db"))
                .hasSize(2)
                .noneMatch(name -> name.startsWith("backup-a-"));
        // The vault tells all of it.
        assertThat(source.backup("name=a", "collection=c1").report().facts()).containsEntry("already_complete", true);
    }

    @Test
    void whatWasBegunBeforeStays() throws IOException {
        assertThat(source.backup("name=a", "collection=c1").exitCode()).isZero();
        List<String> before = state();

        requireNotFound(source.run(JobKind.VERIFY, "name=b"));

        assertThat(state()).isEqualTo(before).hasSize(1);
    }
}
