package io.migrator.retention.rules;

import static io.migrator.retention.rules.Backups.good;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.retention.rules.Candidate.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GroupsTest {
    private static Candidate made(String name, String source, String selection, String series, String... tags) {
        return new Candidate(
                name,
                "r",
                Instant.EPOCH,
                State.COMPLETE,
                "",
                1,
                source,
                selection,
                series,
                List.of(tags),
                Map.of(),
                "",
                true);
    }

    @Test
    void backupsOfOneRequestAndSourceAreJudgedTogether() {
        List<Candidate> backups = List.of(
                made("a1", "a/files", "default.book", "x"),
                made("a2", "a/files", "default.book", "y"),
                made("b", "b/files", "default.book", "x"),
                made("c", "a/files", "shop.*", "x", "t"),
                made("theirs", "", "", ""),
                Backups.timeless("half", State.INCOMPLETE),
                Backups.timeless("broken", State.DAMAGED));

        assertThat(Grouping.parse("source,selection").of(backups))
                .containsOnlyKeys(
                        "default.book of a/files",
                        "default.book of b/files",
                        "shop.* of a/files",
                        "what nobody tells of a source that nobody tells",
                        "not complete",
                        "damaged")
                .hasEntrySatisfying(
                        "default.book of a/files", group -> assertThat(group).hasSize(2));
        assertThat(Grouping.parse("series").of(backups))
                .containsOnlyKeys("series x", "series y", "without series", "not complete", "damaged");
        assertThat(Grouping.parse("tag").of(backups))
                .containsOnlyKeys("tags t", "without tags", "not complete", "damaged");
        assertThat(Grouping.parse("none").of(backups)).containsOnlyKeys("all backups", "not complete", "damaged");
    }

    @Test
    void moreThanHalfOfAGroupIsNotTakenUnlessThatIsSaid() {
        assertThatThrownBy(() -> Valve.require("g", verdicts(10, 6), OptionalInt.empty()))
                .isInstanceOfSatisfying(MigratorException.class, e -> {
                    assertThat(e.failure()).isEqualTo(Failure.USAGE);
                    assertThat(e.getMessage()).contains("6 of its 10 good backups", "max-delete=6", "--dry-run");
                });
        assertThatThrownBy(() -> Valve.require("g", verdicts(10, 4), OptionalInt.of(3)))
                .hasMessageContaining("max-delete=3");
        for (List<Verdict> fine : List.of(verdicts(10, 5), verdicts(1, 1), verdicts(3, 1), verdicts(0, 0))) {
            assertThatCode(() -> Valve.require("g", fine, OptionalInt.empty())).doesNotThrowAnyException();
        }
        assertThatCode(() -> Valve.require("g", verdicts(10, 9), OptionalInt.of(9)))
                .doesNotThrowAnyException();
    }

    private static List<Verdict> verdicts(int all, int going) {
        return IntStream.range(0, all)
                .mapToObj(i -> {
                    Candidate one = good("2026-11-%02dT00:00:00Z".formatted(i + 1));
                    return i < going ? Verdict.remove(one, "") : Verdict.keep(one, "last");
                })
                .toList();
    }

    /** As one of the metas alone, or of some partitions. */
    @Test
    void whatIsNotWholeIsNoCopy() {
        Candidate whole = good("2026-11-01T00:00:00Z");
        Candidate metas = new Candidate(
                "metas",
                "r",
                Instant.EPOCH,
                State.COMPLETE,
                "",
                0,
                whole.source(),
                "default.book meta-only=yes",
                "",
                List.of(),
                whole.collections(),
                "",
                false);

        assertThat(LastCopies.of(Stream.of(Verdict.remove(whole, "")), Stream.of(metas)))
                .containsExactly("default.book of a/files");
    }

    @Test
    void collectionsThatOnlyGoingBackupsHaveAreNamedAndKeptOnRequest() {
        Candidate older = Backups.of(good("2026-11-01T00:00:00Z"), "default.book", "default.old");
        Candidate old = Backups.of(good("2026-11-02T00:00:00Z"), "default.book", "default.old");
        Candidate now = Backups.of(good("2026-11-03T00:00:00Z"), "default.book");
        Map<String, List<Verdict>> groups =
                Map.of("g", List.of(Verdict.keep(now, "last 1"), Verdict.remove(old, ""), Verdict.remove(older, "")));

        Set<String> copies = LastCopies.of(groups.get("g").stream(), Stream.of());

        assertThat(copies).containsExactly("default.old of a/files");
        assertThat(LastCopies.of(groups.get("g").stream(), Stream.of(old))).isEmpty();
        assertThat(LastCopies.keep(groups, copies).get("g"))
                .extracting(Verdict::keep)
                .containsExactly(true, true, false);
        assertThat(LastCopies.keep(groups, copies).get("g").get(1).reasons())
                .containsExactly("last copy of default.old of a/files");
    }
}
