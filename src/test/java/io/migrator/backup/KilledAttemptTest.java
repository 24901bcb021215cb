package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.LocalFolders;
import io.migrator.record.RecordedRun;
import io.migrator.record.RunFigures;
import io.migrator.record.RunRecording;
import io.migrator.record.RunTroubles;
import io.migrator.record.Runs;
import io.migrator.record.TwoProgresses;
import io.migrator.record.UnendedRun;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What records tell of a backup that died between two lines of its record. */
class KilledAttemptTest {
    @TempDir
    Path workDir;

    @Test
    void didWhatTheNextOneFinds() {
        try (SourceDouble source = SourceDouble.start(new LocalFolders(workDir), "2.4.15")) {
            source.collection("default", "c1");
            String[] words = {"name=a", "collection=c1"};
            RunRecording first = Runs.begin(workDir, Runs.attempt("backup", "a", Instant.now(), 1));
            assertThat(source.backup(new TwoProgresses(new DiesAt("verify"), first), words)
                            .exitCode())
                    .isNotZero();
            first.close();
            RunRecording second = Runs.begin(
                    workDir, Runs.attempt("backup", "a", Instant.now().plusSeconds(1), 2));
            assertThat(source.backup(second, words).exitCode()).isZero();
            second.end(null, "", Map.of(), RunTroubles.NONE);
            long copied = source.keys("a/binlogs/").size();

            RecordedRun killed = read(first);
            assertThat(UnendedRun.figures(killed, List.of())).isEqualTo(RunFigures.NONE);
            RunFigures did = UnendedRun.figures(killed, List.of(read(second)));
            assertThat(did.objects()).isEqualTo(copied).isPositive();
            assertThat(did.bytes()).isPositive();
        }
    }

    private static RecordedRun read(RunRecording recording) {
        return RecordedRun.read(recording.file()).orElseThrow();
    }
}
