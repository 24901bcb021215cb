package io.migrator.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.batch.StopSignal;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which runs a worker helps, and what it says of those that it leaves alone. */
class WorkerLoopTest {
    private OneRequest ground;
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();

    @BeforeEach
    void start() {
        ground = OneRequest.start();
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    /** Until it has had nothing to do for two seconds. */
    private void work(String version, String places) {
        WorkerLoop.Self self =
                new WorkerLoop.Self("here", version, places, 1, offer -> true, count -> {}, Duration.ofSeconds(2));
        new WorkerLoop(
                        ground.offers(),
                        self,
                        offer -> {
                            opened.incrementAndGet();
                            throw MigratorException.unable(
                                    Failure.UNREACHABLE, "reach", "vault", "no answer", "Look there.");
                        },
                        new StopSignal(),
                        notes::add)
                .run();
    }

    @Test
    void leavesThoseOfAnotherVersionAlone() {
        work("another version", OneRequest.PLACES);

        assertThat(opened).hasValue(0);
        assertThat(notes).singleElement().asString().contains("leaving the run n alone", "is version this version's");
    }

    @Test
    void leavesThoseOfOtherPlacesAlone() {
        work(OneRequest.VERSION, "from a to c");

        assertThat(opened).hasValue(0);
        assertThat(notes).singleElement().asString().contains("copies from a to b", "names from a to c");
    }

    /** The fault is this worker's: the run goes on with others. */
    @Test
    void leavesOneAloneForAWhileThatItCannotHelp() {
        work(OneRequest.VERSION, OneRequest.PLACES);

        assertThat(opened).hasValue(1);
        assertThat(notes).singleElement().asString().contains("leaving the run n alone", "no answer");
        assertThat(ground.requests()).isOne();
    }
}
