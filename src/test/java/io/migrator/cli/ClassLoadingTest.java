package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.MigratorConfig;
import io.migrator.launch.Launcher;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.Termination;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassLoadingTest {
    @Test
    void touchesNothingOfTheUsers() {
        List<JobRequest> requests = new ArrayList<>();
        int code = new ClassLoading((request, progress) -> {
                    requests.add(request);
                    return new RunOutcome(null, "", new RunReport(), null);
                })
                .run();

        assertThat(code).isZero();
        assertThat(requests).hasSize(4);
        for (JobRequest request : requests.subList(0, 2)) {
            MigratorConfig config = request.config();
            assertThat(config.milvusStorage().bucketName()).isEqualTo("a-bucket");
            assertThat(config.milvusStorage().address()).isEqualTo("127.0.0.1");
            assertThat(config.vault().address()).isEqualTo("127.0.0.1");
            assertThat(config.vault().useIam()).isFalse();
            assertThat(config.log().fileName()).isEmpty();
        }
    }

    /** What stops early loads few classes: the archive would lack what every run needs. */
    @Test
    void readsASmallBackupToItsEnd() {
        List<RunOutcome> proofs = new ArrayList<>();
        new ClassLoading((request, progress) -> {
                    RunOutcome outcome = request.job() == JobKind.VERIFY
                            ? new Launcher(request, progress, new Termination()).run()
                            : new RunOutcome(null, "", new RunReport(), null);
                    if (request.job() == JobKind.VERIFY) {
                        proofs.add(outcome);
                    }
                    return outcome;
                })
                .run();

        assertThat(proofs).singleElement().satisfies(proof -> {
            assertThat(proof.failure()).as(proof.message()).isNull();
            assertThat(proof.report().facts()).containsEntry("mode", "deep");
        });
    }
}
