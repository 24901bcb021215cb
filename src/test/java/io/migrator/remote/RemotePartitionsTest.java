package io.migrator.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run does that waits for partitions which others have, whatever becomes of these. */
@SuppressWarnings("try")
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

    /** Its last worker was stopped in the middle, and nobody has come since. */
    @Test
    void saysThatItsWorkersWentAway() {
        try (WaitingRun run = WaitingRun.start(ground)) {
            run.notes().clear();

            run.loseClaim();

            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> run.notes().stream()
                    .anyMatch(line -> line.contains("no worker has had a part at work")));
        }
    }

    /** It stands still, and its session with it. */
    @Test
    void endsWhereItIsStoppedAndAWorkerSaysNothing() throws Throwable {
        try (WaitingRun run = WaitingRun.start(ground)) {
            run.tell("beat = now() + interval '1 second'");
            run.stop();

            run.end();

            assertThat(ground.requests()).isZero();
            assertThat(ground.status()).isEqualTo("STOPPED");
        }
    }

    @Test
    void asksNothingMoreWhereItIsStopped() throws Throwable {
        AtomicBoolean stopped = new AtomicBoolean();
        Runnable require = () -> {
            if (stopped.get()) {
                throw MigratorException.unable(Failure.LOCKED, "go on with", "n", "it is another's", "Wait.");
            }
        };
        try (WaitingRun run = WaitingRun.start(ground, require)) {
            run.stop();
            stopped.set(true);
            run.loseClaim();

            run.end();
        }
    }

    /** What it was told is of then: another may have the lease by now. */
    @Test
    void tellsWorkersWhenItWasSureAndNotWhenItSaysSo() throws Throwable {
        AtomicInteger answers = new AtomicInteger();
        Runnable late = () -> {
            if (answers.get() > 0) {
                ground.heardBefore(Duration.ofMinutes(1));
                Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> true);
                answers.incrementAndGet();
            }
        };
        try (WaitingRun run = WaitingRun.start(ground, late)) {
            answers.set(1);
            Awaitility.await().until(() -> answers.get() > 2);

            assertThat(ground.offers().standing(ground.offer()))
                    .hasValueSatisfying(
                            standing -> assertThat(standing.unheard()).isGreaterThanOrEqualTo(Duration.ofMillis(300)));
        }
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
                    .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                            .isEqualTo(Failure.DENIED));
        }
    }
}
