package io.migrator.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.batch.StopSignal;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which runs a worker helps, and what it says of those that it leaves alone. */
class WorkerLoopTest {
    private OneRequest ground;
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final StopSignal stop = new StopSignal();

    @BeforeEach
    void start() {
        ground = OneRequest.start();
    }

    @AfterEach
    void end() {
        ground.close();
    }

    /** Until it has had nothing to do for a second: twenty looks. */
    private void work(String version, String places) {
        work(version, places, () -> {
            throw MigratorException.unable(Failure.UNREACHABLE, "reach", "vault", "no answer", "Look there.");
        });
    }

    private void work(String version, String places, Runnable opening) {
        loop(version, places, Duration.ofSeconds(1), opening).run();
    }

    private WorkerLoop loop(String version, String places, Duration idle, Runnable opening) {
        return new WorkerLoop(
                ground.offers(),
                new WorkerLoop.Self("here", version, List.of(places), 1, offer -> true, idle),
                offer -> {
                    opened.incrementAndGet();
                    opening.run();
                    return ground.worker(done::incrementAndGet);
                },
                stop,
                notes::add,
                Duration.ofMillis(50));
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
        assertThat(notes).singleElement().asString().contains("places are from a to b", "names others: from a to c");
    }

    /** The fault is this worker's: the run goes on with others. */
    @Test
    void leavesOneAloneForAWhileThatItCannotHelp() {
        work(OneRequest.VERSION, OneRequest.PLACES);

        assertThat(opened).hasValue(1);
        assertThat(notes).singleElement().asString().contains("leaving the run n alone", "no answer");
        assertThat(ground.requests()).isOne();
    }

    /** Whatever it is: there may be other runs. */
    @Test
    void leavesOneAloneWhoseOpeningFailsByWhatNobodyForesaw() {
        work(OneRequest.VERSION, OneRequest.PLACES, () -> {
            throw new NoClassDefFoundError("of a store");
        });

        assertThat(opened).hasValue(1);
        assertThat(notes).singleElement().asString().contains("leaving the run n alone", "of a store");
        assertThat(ground.requests()).isOne();
    }

    /** A worker whose beats stop counts for nothing, and the limits of the others would be too high. */
    @Test
    void saysThatItLivesWhileAStoreDoesNotAnswer() throws InterruptedException {
        CountDownLatch answers = new CountDownLatch(1);
        Thread worker = new Thread(loop(OneRequest.VERSION, OneRequest.PLACES, Duration.ZERO, () -> {
            try {
                answers.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        })::run);
        worker.start();
        try {
            Awaitility.await().until(() -> opened.get() == 1);
            Object first = ground.beat();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !first.equals(ground.beat()));
            answers.countDown();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> done.get() == 1);
        } finally {
            answers.countDown();
            stop.request();
            worker.join();
        }
        assertThat(opened).hasValue(1);
        assertThat(ground.requests()).isZero();
    }
}
