package io.migrator.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run does that waits for partitions which others have, whatever becomes of these. */
class RemotePartitionsTest {
    private OneRequest ground;

    @BeforeEach
    void start() {
        ground = OneRequest.start();
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    /** Its worker died before its request went, and another has begun with it. */
    @Test
    void endsByAFaultThatIsNotToldAnyMore() {
        try (WaitingRun run = WaitingRun.start(ground)) {
            run.tell("failure = 'DENIED', message = 'no right'");
            Awaitility.await().until(() -> ground.offers().open().isEmpty());
            run.tell("failure = null");
            run.loseClaim();

            assertThatThrownBy(run::end)
                    .isInstanceOfSatisfying(
                            MigratorException.class, fault -> assertThat(fault.failure()).isEqualTo(Failure.DENIED));
        }
    }
}
