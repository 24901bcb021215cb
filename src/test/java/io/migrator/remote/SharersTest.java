package io.migrator.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Among how many workers the limits of a run are shared. */
class SharersTest {
    private static final Duration MOST = Duration.ofSeconds(20);

    private OneRequest ground;

    @BeforeEach
    void start() {
        ground = OneRequest.start();
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    private Sharers ofHere() {
        return new Sharers(ground.transactions(), "here");
    }

    /** Another worker begins with a part. */
    private void begin(long part, String worker) {
        ground.transactions()
                .jdbc()
                .update(
                        "insert into partition_report values (?, 'a part', 1, ?, 1, now(), now(), false, 0, 0, null, null, 0)",
                        part,
                        worker);
    }

    @Test
    void areNotThoseThatWaitForWork() {
        ground.offers().lives("idle", OneRequest.VERSION, List.of(OneRequest.PLACES), 2);
        ground.offers().lives("idle, too", OneRequest.VERSION, List.of(OneRequest.PLACES), 2);

        assertThat(ofHere().getAsInt()).isOne();
    }

    @Test
    void areThoseThatHaveAPartEachOnce() {
        begin(1, "there");
        begin(2, "there");
        begin(3, "elsewhere");
        begin(4, "here");

        assertThat(ofHere().getAsInt()).isEqualTo(3);
    }

    private void beat(String worker, String when) {
        ground.transactions()
                .jdbc()
                .update("update partition_report set beat = now() + ?::interval where worker = ?", when, worker);
    }

    @Test
    void areForAMomentThoseThatHadOneAndNoneThatDied() {
        begin(1, "there");
        begin(2, "died");
        ground.reports().end(1, 1, false);
        beat("died", "-16 seconds");
        beat("there", "1 minute");
        assertThat(ofHere().getAsInt()).as("its next part begins soon").isEqualTo(2);

        beat("there", "-3 seconds");

        assertThat(ofHere().getAsInt()).isOne();
    }

    /** Before its first byte, or both would go as fast as one may. */
    @Test
    void areKnownToWhoBeginsWithAPart() {
        AtomicInteger known = new AtomicInteger();
        try (HelpedRun run = ground.worker(() -> known.set(ground.sharers()))) {
            assertThat(ground.sharers()).isOne();
            begin(77, "there");

            assertThat(run.takeOne()).isTrue();
        }
        assertThat(known).hasValue(2);
    }

    /** A worker that comes later is noticed by the one that is at work. */
    @Test
    void areLookedForWhileAPartIsAtWork() {
        AtomicInteger known = new AtomicInteger();
        try (HelpedRun run = ground.worker(() -> {
            begin(77, "there");
            Awaitility.await().atMost(MOST).until(() -> ground.sharers() == 2);
            known.set(ground.sharers());
        })) {
            assertThat(run.takeOne()).isTrue();
        }
        assertThat(known).hasValue(2);
    }
}
