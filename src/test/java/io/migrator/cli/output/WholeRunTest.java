package io.migrator.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.migrator.report.JobStages;
import io.migrator.report.Stage;
import io.migrator.report.Stage.Unit;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WholeRunTest {
    private final WholeRun run = new WholeRun("backup", JobStages.of("backup"));

    @Test
    void saysNothingBeforeTheLongStageHasARate() {
        assertThat(at("preflight", 0, 0, 0, 5)).isNull();
        assertThat(at("plan", 0, 9, 10, 60)).isNull();
        assertThat(at("copy", 0, 0, 100, 10)).isNull();
        assertThat(at("copy", 0, 1, 100, 1)).isNull();
        assertThat(at("no stage of it", 0, 50, 100, 50)).isNull();
        assertThat(new WholeRun("worker", JobStages.of("worker")).at(state("copy", 0, 5, 10, 50)))
                .isNull();
    }

    /** A half of the copies took a minute: one more for them, and some seconds for what comes after. */
    @Test
    void tellsTheWholeByTheLongStage() {
        WholeRun.Guess guess = Objects.requireNonNull(at("copy", 0, 50, 100, 60));

        assertThat(guess.percent()).isEqualTo(52);
        assertThat(guess.left()).isCloseTo(Duration.ofMillis(68_570), Duration.ofMillis(100));
        assertThat(guess.text()).isEqualTo("backup 52 %, some 1 min left");
    }

    /** What the run before copied took none of this one's time. */
    @Test
    void aRunThatGoesOnIsToldByItsOwnRate() {
        WholeRun.Guess guess = Objects.requireNonNull(at("copy", 60, 20, 100, 30));

        assertThat(guess.percent()).isEqualTo(77);
        assertThat(Objects.requireNonNull(guess.left()).toMillis() / 1000.0)
                .isCloseTo(30 + 150 * 6 / 84.0, within(0.1));
    }

    @Test
    void neverTellsLessThanBeforeNorAllBeforeTheEnd() {
        int before = 0;
        WholeRun.Guess[] guesses = {
            at("copy", 0, 80, 100, 60),
            at("copy", 0, 40, 100, 61),
            at("flush", 0, 1, 2, 3),
            at("copy", 0, 10, 100, 62),
            at("verify", 0, 0, 0, 2),
            at("manifests", 0, 0, 0, 2)
        };
        for (WholeRun.Guess guess : guesses) {
            assertThat(Objects.requireNonNull(guess).percent()).isBetween(before, 99);
            before = guess.percent();
        }
        assertThat(before).isGreaterThan(90);
    }

    /** An import may say nothing for minutes, in which nothing is known to take longer than before. */
    @Test
    void aSilenceAloneMakesNoGuessLonger() {
        WholeRun restore = new WholeRun("restore", JobStages.of("restore"));
        StageNews news = new StageNews();
        restore.at(news.of(state("import", 0, 0, 10, 1)));
        restore.at(news.of(state("import", 0, 1, 10, 90)));
        WholeRun.Guess told = Objects.requireNonNull(restore.at(news.of(state("import", 0, 2, 10, 180))));

        for (int second = 181; second <= 270; second++) {
            StageState now = news.of(state("import", 0, 2, 10, second));
            assertThat(now.left()).isEqualTo(Duration.ofSeconds(720));
            assertThat(restore.at(now)).isNotNull().returns(told.left(), WholeRun.Guess::left);
        }
        StageState longer = news.of(state("import", 0, 2, 10, 271));
        assertThat(longer.left()).isNull();
        WholeRun.Guess none = Objects.requireNonNull(restore.at(longer));
        assertThat(none).returns(null, WholeRun.Guess::left).returns(told.percent(), WholeRun.Guess::percent);
        assertThat(none.text()).isEqualTo("restore %d %%, nothing new for some 2 min".formatted(told.percent()));

        WholeRun.Guess again = Objects.requireNonNull(restore.at(news.of(state("import", 0, 3, 10, 300))));
        assertThat(again.left()).isGreaterThan(Duration.ofSeconds(700)).isLessThan(Duration.ofSeconds(900));
    }

    /** Where something comes every second, a silence of some is no silence. */
    @Test
    void aShortSilenceIsNone() {
        StageNews news = new StageNews();
        for (int second = 1; second <= 60; second++) {
            news.of(state("copy", 0, second, 1000, second));
        }

        assertThat(news.of(state("copy", 0, 60, 1000, 119)).left()).isEqualTo(Duration.ofSeconds(940));
        assertThat(news.of(state("copy", 0, 60, 1000, 121)).left()).isNull();
    }

    @Test
    void timesAreAsRoughAsTheyAreKnown() {
        assertThat(left(20)).endsWith("less than a minute left");
        assertThat(left(200)).endsWith("some 3 min left");
        assertThat(left(9000)).endsWith("some 3 h left");
    }

    private static String left(int seconds) {
        return new WholeRun.Guess("backup", 1, Duration.ofSeconds(seconds)).text();
    }

    private WholeRun.@Nullable Guess at(String stage, long before, long more, long all, int seconds) {
        return run.at(state(stage, before, more, all, seconds));
    }

    private static StageState state(String stage, long before, long more, long all, int seconds) {
        return new StageState(new Stage(stage, Unit.OBJECT, before, all, 0, 0), more, 0, Duration.ofSeconds(seconds));
    }
}
