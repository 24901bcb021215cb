package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.MigratorConfig;
import io.migrator.launch.JobRequest;
import io.migrator.launch.RunOutcome;
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
        assertThat(requests).hasSize(2);
        for (JobRequest request : requests) {
            MigratorConfig config = request.config();
            assertThat(config.milvusStorage().bucketName()).isEqualTo("a-bucket");
            assertThat(config.milvusStorage().address()).isEqualTo("127.0.0.1");
            assertThat(config.vault().address()).isEqualTo("127.0.0.1");
            assertThat(config.vault().useIam()).isFalse();
            assertThat(config.log().fileName()).isEmpty();
        }
    }
}
