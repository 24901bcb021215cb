package io.migrator.retention.rules;

import static io.migrator.retention.rules.Backups.good;
import static io.migrator.retention.rules.Backups.held;
import static io.migrator.retention.rules.Backups.tagged;
import static io.migrator.retention.rules.Policies.last;
import static io.migrator.retention.rules.Policies.none;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.retention.rules.Candidate.State;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private static List<String> kept(Policies policies, Collection<Candidate> backups) {
        return new Judge(policies.policy(), NOW)
                .of(List.copyOf(backups)).stream()
                        .filter(Verdict::keep)
                        .map(verdict -> verdict.backup().name())
                        .toList();
    }

    private static List<String> kept(Policies policies, String... moments) {
        return kept(policies, Stream.of(moments).map(Backups::good).toList());
    }

    private static Verdict verdict(Policies policies, Candidate of, Candidate... others) {
        List<Candidate> all = new ArrayList<>(List.of(others));
        all.add(of);
        return new Judge(policies.policy(), NOW)
                .of(all).stream()
                        .filter(one -> one.backup().equals(of))
                        .findFirst()
                        .orElseThrow();
    }

    private static List<Candidate> daily(String from, int days) {
        LocalDate first = LocalDate.parse(from);
        return IntStream.range(0, days)
                .mapToObj(day -> good(first.plusDays(day)
                        .atTime(2, 0)
                        .toInstant(ZoneOffset.UTC)
                        .toString()))
                .toList();
    }

    @Test
    void keepsTheLast() {
        assertThat(kept(last(2), "2026-11-01T02:00:00Z", "2026-11-03T02:00:00Z", "2026-11-02T02:00:00Z"))
                .containsExactly("2026-11-03T02:00:00Z", "2026-11-02T02:00:00Z");
        assertThat(kept(last(99), "2026-11-01T02:00:00Z")).hasSize(1);
    }

    /** The one of a period that is nearest its end. */
    @Test
    void keepsTheNewestOfEachDay() {
        assertThat(kept(
                        none().of(Period.DAILY, 2),
                        "2026-11-03T02:00:00Z",
                        "2026-11-03T14:00:00Z",
                        "2026-11-02T02:00:00Z",
                        "2026-11-02T14:00:00Z",
                        "2026-11-01T14:00:00Z"))
                .containsExactly("2026-11-03T14:00:00Z", "2026-11-02T14:00:00Z");
    }

    /** As restic: a night without a backup takes no place, so that a broken schedule ages nothing. */
    @Test
    void countsOnlyPeriodsThatHaveOne() {
        List<String> sundays = IntStream.range(0, 12)
                .mapToObj(week -> LocalDate.parse("2026-09-06")
                        .plusWeeks(week)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .toString())
                .toList();

        assertThat(kept(none().of(Period.DAILY, 4), sundays.toArray(String[]::new)))
                .containsExactlyInAnyOrderElementsOf(sundays.subList(8, 12));
    }

    /** The example of restic's manual: a backup a day for many years. */
    @Test
    void keepsAsTheManualOfResticSays() {
        Policies policies = none().of(Period.DAILY, 7)
                .of(Period.WEEKLY, 5)
                .of(Period.MONTHLY, 12)
                .of(Period.YEARLY, 10);

        List<String> kept = kept(policies, daily("2010-01-01", 6172));

        assertThat(kept)
                .contains("2026-11-24T02:00:00Z", "2026-11-18T02:00:00Z") // seven days
                .contains("2026-11-15T02:00:00Z", "2026-11-08T02:00:00Z", "2026-11-01T02:00:00Z") // Sundays
                .contains("2026-10-31T02:00:00Z", "2025-12-31T02:00:00Z") // ends of months
                .contains("2024-12-31T02:00:00Z", "2017-12-31T02:00:00Z") // ends of years
                .doesNotContain("2016-12-31T02:00:00Z", "2026-11-17T02:00:00Z", "2026-10-25T02:00:00Z")
                .hasSize(7 + 3 + 11 + 8);
    }

    @Test
    void aYearOfDailyWeeklyAndMonthlyOnes() {
        List<String> kept =
                kept(none().of(Period.DAILY, 14).of(Period.WEEKLY, 8).of(Period.MONTHLY, 12), daily("2025-06-01", 547));

        assertThat(kept).hasSize(14 + 6 + 11).contains("2026-11-29T02:00:00Z", "2025-12-31T02:00:00Z");
    }

    @Test
    void weeksAreThoseOfIso8601() {
        assertThat(Period.WEEKLY.of(Instant.parse("2026-12-31T00:00:00Z"), ZoneOffset.UTC))
                .isEqualTo("week 2026-W53");
        assertThat(Period.WEEKLY.of(Instant.parse("2027-01-03T23:00:00Z"), ZoneOffset.UTC))
                .isEqualTo("week 2026-W53");
        assertThat(Period.WEEKLY.of(Instant.parse("2027-01-04T00:00:00Z"), ZoneOffset.UTC))
                .isEqualTo("week 2027-W01");
    }

    @Test
    void daysAreThoseOfTheZone() {
        String[] moments = {"2026-11-02T22:30:00Z", "2026-11-02T23:30:00Z"};

        assertThat(kept(none().of(Period.DAILY, 9), moments)).containsExactly("2026-11-02T23:30:00Z");
        assertThat(kept(none().of(Period.DAILY, 9).zone("Europe/Berlin"), moments))
                .hasSize(2);
    }

    /** 2026-10-25: the hour from 2 to 3 comes twice in Berlin. */
    @Test
    void anHourThatComesTwiceIsTwo() {
        assertThat(kept(
                        none().of(Period.HOURLY, 9).zone("Europe/Berlin"),
                        "2026-10-25T00:30:00Z",
                        "2026-10-25T01:30:00Z",
                        "2026-10-25T01:45:00Z"))
                .containsExactly("2026-10-25T01:45:00Z", "2026-10-25T00:30:00Z");
    }

    /** Not of today: a schedule that stopped must not take everything with it. */
    @Test
    void withinIsCountedFromTheNewestGoodOne() {
        String[] moments = {"2026-01-31T02:00:00Z", "2026-01-24T02:00:00Z", "2026-01-23T02:00:00Z"};

        assertThat(kept(none().within("7d"), moments)).containsExactly(moments[0], moments[1]);
        assertThat(kept(none().within("1w1d"), moments)).hasSize(3);
        assertThat(kept(none().within("36h"), moments)).containsExactly(moments[0]);
    }

    @Test
    void monthsAndYearsAreThoseOfTheCalendar() {
        assertThat(new Span("1y").before(Instant.parse("2024-02-29T05:00:00Z"), ZoneOffset.UTC))
                .isEqualTo("2023-02-28T05:00:00Z");
        assertThat(new Span("1m").before(Instant.parse("2026-03-31T05:00:00Z"), ZoneOffset.UTC))
                .isEqualTo("2026-02-28T05:00:00Z");
        assertThat(new Span("1d").before(Instant.parse("2026-10-26T05:00:00Z"), ZoneId.of("Europe/Berlin")))
                .isEqualTo("2026-10-25T05:00:00Z");
    }

    @Test
    void withinAPeriodKeepsTheNewestOfEach() {
        assertThat(kept(none().within(Period.WEEKLY, "4w"), daily("2026-09-01", 90)))
                .containsExactly(
                        "2026-11-29T02:00:00Z",
                        "2026-11-22T02:00:00Z",
                        "2026-11-15T02:00:00Z",
                        "2026-11-08T02:00:00Z",
                        "2026-11-01T02:00:00Z");
    }

    @Test
    void tagsOfOneSetKeep() {
        Candidate newest = good("2026-11-05T02:00:00Z");
        Candidate both = tagged(good("2026-11-03T02:00:00Z"), "a", "b");
        Candidate one = tagged(good("2026-11-02T02:00:00Z"), "a");
        Candidate other = tagged(good("2026-11-01T02:00:00Z"), "c");

        assertThat(kept(none().tagged(List.of(Set.of("a", "b"), Set.of("c"))), List.of(newest, both, one, other)))
                .containsExactly(newest.name(), both.name(), other.name());
    }

    @Test
    void theNewestGoodOneStaysWhateverTheRulesSay() {
        assertThat(verdict(none(), good("2026-11-02T02:00:00Z"), good("2026-11-01T02:00:00Z")))
                .returns(true, Verdict::keep)
                .returns(List.of("the newest good one"), Verdict::reasons);
        assertThat(kept(none().minGood(2), "2026-11-01T02:00:00Z", "2026-11-02T02:00:00Z", "2026-11-03T02:00:00Z"))
                .containsExactly("2026-11-03T02:00:00Z", "2026-11-02T02:00:00Z");
    }

    @Test
    void whatIsHeldStaysAndSaysSo() {
        Candidate kept = held(good("2026-11-01T02:00:00Z"));

        assertThat(verdict(last(1), kept, good("2026-11-02T02:00:00Z")))
                .returns(true, Verdict::keep)
                .returns(List.of("held: audit"), Verdict::reasons);
        assertThat(verdict(last(1), kept).reasons()).containsExactly("last 1", "held: audit");
    }

    @Test
    void aPartialOneStaysUntilAGoodOneIsNewer() {
        Candidate partial = Backups.of("2026-11-02T02:00:00Z", State.PARTIAL);

        assertThat(verdict(last(1), partial, good("2026-11-01T02:00:00Z")).keep())
                .isTrue();
        assertThat(verdict(last(1), partial).keep()).isTrue();
        assertThat(verdict(last(1), partial, good("2026-11-03T02:00:00Z")))
                .returns(false, Verdict::keep)
                .returns(List.of("a newer good one is there"), Verdict::reasons);
        assertThat(verdict(last(2), partial, good("2026-11-03T02:00:00Z")).keep())
                .isTrue();
        assertThat(kept(last(1), List.of(partial, good("2026-11-01T02:00:00Z"))))
                .hasSize(2);
    }

    @Test
    void whatIsDamagedIsNeverJudgedAndTakesNoPlace() {
        Candidate damaged = Backups.timeless("broken", State.DAMAGED);

        assertThat(verdict(last(1), damaged, good("2026-11-02T02:00:00Z")))
                .returns(true, Verdict::keep)
                .returns(true, Verdict::warned);
        assertThat(verdict(last(1), Backups.timeless("theirs", State.COMPLETE)).keep())
                .isTrue();
    }

    @Test
    void whatIsOfTheFutureStaysAndTakesNoPlace() {
        Candidate future = good("2030-01-01T00:00:00Z");
        Candidate newest = good("2026-11-29T11:00:00Z");

        assertThat(verdict(last(1), future, newest, good("2026-11-28T11:00:00Z"))
                        .reasons())
                .containsExactly("it is of the future");
        assertThat(kept(last(1), List.of(future, newest, good("2026-11-28T11:00:00Z"))))
                .containsExactly(future.name(), newest.name());
        assertThat(verdict(last(1), good("2026-11-29T12:04:00Z")).reasons()).containsExactly("last 1");
    }

    @Test
    void whatIsNotCompleteGoesWhenItIsOldAndAtOnceWhenItsDeletionWasBegun() {
        assertThat(verdict(last(1), Backups.of("2026-11-22T11:59:59Z", State.INCOMPLETE))
                        .keep())
                .isFalse();
        assertThat(verdict(last(1), Backups.of("2026-11-22T12:00:01Z", State.INCOMPLETE))
                        .keep())
                .isTrue();
        assertThat(verdict(last(1), Backups.timeless("theirs", State.INCOMPLETE))
                        .keep())
                .isTrue();
        assertThat(verdict(last(1), Backups.of("2026-11-29T11:59:59Z", State.DELETING))
                        .keep())
                .isFalse();
    }
}
