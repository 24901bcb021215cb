package io.migrator.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.batch.StopSignal;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a run waits for workers of the run before, of which the coordinator died. */
class PastHelpTest {
    private final StopSignal stop = new StopSignal();
    private OneRequest ground;

    @BeforeEach
    void start() {
        ground = OneRequest.start();
    }

    @AfterEach
    void end() {
        ground.close();
    }

    private PastHelp ofEpoch(long epoch) {
        return new PastHelp(
                Objects.requireNonNull(ground.transactions().jdbc().getDataSource()),
                "migrator",
                ground.offer().schema(),
                epoch,
                stop);
    }

    private PastHelp ofTheNext() {
        return ofEpoch(ground.offer().epoch() + 1);
    }

    @Test
    void waitsUntilTheWorkersOfTheOneBeforeHaveEnded() {
        ground.heardBefore(Duration.ofSeconds(18));
        long begun = System.nanoTime();

        ofTheNext().awaitEnd();

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(15));
        assertThat(ground.offers().standing(ground.offer())).isEmpty();
    }

    @Test
    void waitsForNoneThatIsLongGone() {
        ground.heardBefore(Duration.ofMinutes(1));
        stop.request();

        ofTheNext().awaitEnd();

        assertThat(ground.offers().standing(ground.offer())).isEmpty();
    }

    @Test
    void waitsForNoneOfItsOwn() {
        ofEpoch(ground.offer().epoch()).awaitEnd();

        assertThat(ground.offers().standing(ground.offer())).isPresent();
    }

    @Test
    void endsWhereAStopIsAskedFor() {
        stop.request();

        ofTheNext().awaitEnd();

        assertThat(ground.offers().standing(ground.offer()))
                .as("the next run waits")
                .isPresent();
    }

    @Test
    void knowsWhetherThereWereAny() {
        assertThat(ofTheNext().was()).isTrue();
        ground.transactions().jdbc().execute("drop table partition_report");
        assertThat(ofTheNext().was()).isFalse();
    }
}
