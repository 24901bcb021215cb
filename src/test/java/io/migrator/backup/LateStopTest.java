package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.StoppedRun;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.store.StoredObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stop that comes when all is done, or nearly so. */
class LateStopTest {
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

    private RunOutcome stoppedAt(String stage, JobKind job, Map<String, String> parameters) {
        return StoppedRun.at(stage, new JobRequest(job, parameters, source.config(), source.state()));
    }

    @Test
    void aBackupThatIsWrittenIsDone() {
        RunOutcome outcome = stoppedAt("manifests", JobKind.BACKUP, Map.of("name", "a", "collection", "c1"));

        assertThat(outcome.exitCode()).as(outcome.message()).isZero();
        assertThat(outcome.message()).contains("is complete");
        assertThat(source.read("a").collections()).hasSize(1);
    }

    /** What is missing is told, and left to the same command, as without a stop. */
    @Test
    void oneThatLacksCollectionsIsDoneInPart() {
        long broken = source.collection("default", "c2").id();
        try (var objects = source.bucket().list("")) {
            source.bucket()
                    .delete(objects.map(StoredObject::key)
                            .filter(key -> key.contains("insert_log/" + broken + "/"))
                            .toList());
        }
        RunOutcome outcome = stoppedAt(
                "manifests", JobKind.BACKUP, Map.of("name", "a", "collection", "c1,c2", "on-error", "continue"));

        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.PARTIAL);
    }

    @Test
    void oneWithoutItsManifestsIsStopped() {
        Map<String, String> parameters = Map.of("name", "a", "collection", "c1");

        assertThat(stoppedAt("verify", JobKind.BACKUP, parameters).failure()).isEqualTo(Failure.STOPPED);
        assertThat(source.backup("name=a", "collection=c1").exitCode()).isZero();
    }

    @Test
    void aProofThatLacksNothingButItsResultTellsIt() {
        assertThat(source.backup("name=a", "collection=c1").exitCode()).isZero();

        assertThat(stoppedAt("listing", JobKind.VERIFY, Map.of("name", "a")).exitCode())
                .isZero();
        assertThat(stoppedAt("metas", JobKind.VERIFY, Map.of("name", "a")).failure())
                .isEqualTo(Failure.STOPPED);
    }
}
