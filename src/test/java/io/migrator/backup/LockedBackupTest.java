package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.format.layout.VaultLayout;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.PatientRuns;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.Termination;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.launch.request.RunTerms;
import io.migrator.launch.request.WhenLocked;
import io.migrator.lease.LeaseHolder;
import io.migrator.lease.LeaseTerms;
import io.migrator.lease.VaultLease;
import io.migrator.report.Progress;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --locked=ok} of a backup whose name somebody on another machine holds. */
class LockedBackupTest {
    @TempDir
    Path workDir;

    private SourceDouble source;

    @BeforeEach
    void start() {
        source = SourceDouble.start(new LocalFolders(workDir), "2.4.15");
        source.collection("default", "c1");
    }

    @AfterEach
    void stop() {
        source.close();
    }

    private RunOutcome besides(String job) {
        JobRequest request = new JobRequest(
                        JobKind.BACKUP, Map.of("name", "a", "collection", "c1"), source.config(), source.state())
                .under(new RunTerms("", new WhenLocked(true, Duration.ZERO)));
        try (VaultLease other = new VaultLease(
                Stores.open(source.vault().config()),
                new VaultLayout(source.vault().config().rootPath(), "a"),
                LeaseTerms.usual(),
                line -> {})) {
            other.take(LeaseHolder.of("other", job), () -> false);
            return PatientRuns.run(request, Progress.NONE, new Termination());
        }
    }

    @Test
    void isAsGoodAsDoneWhereThatIsABackup() {
        RunOutcome outcome = besides("backup");

        assertThat(outcome.exitCode()).as(outcome.message()).isZero();
        assertThat(outcome.report().facts()).containsEntry(PatientRuns.LOCKED, true);
    }

    @Test
    void isNotWhereThatIsADeletion() {
        RunOutcome outcome = besides("delete");

        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.LOCKED);
        assertThat(outcome.report().facts()).doesNotContainKey(PatientRuns.LOCKED);
    }
}
