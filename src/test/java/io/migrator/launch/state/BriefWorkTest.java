package io.migrator.launch.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever becomes of it, the run that has it done ends as it would have ended without. */
class BriefWorkTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final CountDownLatch begun = new CountDownLatch(1);

    private void hang() {
        begun.countDown();
        try {
            Thread.sleep(LONG.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void isWaitedFor() {
        AtomicBoolean done = new AtomicBoolean();
        new BriefWork(LONG, () -> false).run(enough -> done.set(!enough.getAsBoolean()));
        assertThat(done).isTrue();
    }

    @Test
    void itsFaultsAreItsOwn() {
        assertThatCode(() -> new BriefWork(LONG, () -> false).run(enough -> {
                    throw new IllegalStateException("a bug");
                }))
                .doesNotThrowAnyException();
        assertThatCode(() -> new BriefWork(LONG, () -> false).run(enough -> {
                    throw new StackOverflowError();
                }))
                .doesNotThrowAnyException();
    }

    /** As where the disk hangs. */
    @Test
    @Timeout(60)
    void isLeftAloneOnceItsTimeIsOver() {
        AtomicBoolean done = new AtomicBoolean();
        new BriefWork(Duration.ofMillis(5), () -> false).run(enough -> {
            hang();
            done.set(true);
        });
        assertThat(done).isFalse();
    }

    @Test
    @Timeout(60)
    void isLeftAloneWhereTheRunIsToStop() {
        new BriefWork(LONG, () -> begun.getCount() == 0).run(enough -> hang());
        assertThat(begun.getCount()).isZero();
    }

    @Test
    void isNotBegunWhereTheRunIsToStop() {
        new BriefWork(LONG, () -> true).run(enough -> hang());
        assertThat(begun.getCount()).isEqualTo(1);
    }
}
