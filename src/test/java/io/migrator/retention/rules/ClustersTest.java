package io.migrator.retention.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.retention.rules.Candidate.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClustersTest {
    private static Candidate having(String name, String source, Map<String, Long> collections) {
        return new Candidate(
                name, "r", Instant.EPOCH, State.COMPLETE, "", 1, source, "*", "", List.of(), collections, "", true);
    }

    private static List<String> told(Candidate... backups) {
        return Clusters.told(List.of(backups)).stream().map(Candidate::cluster).toList();
    }

    @Test
    void aCollectionOfTheSameNameAndIdConnectsDirectlyOrOverOthers() {
        assertThat(told(
                        having("a", "s", Map.of("default.book", 1L)),
                        having("x", "s", Map.of("default.book", 7L)),
                        having("b", "s", Map.of("default.page", 2L)),
                        having("y", "s", Map.of("default.page", 1L)),
                        having("c", "s", Map.of("default.book", 1L, "default.page", 2L)),
                        having("none", "s", Map.of())))
                .containsExactly(
                        "default.book 1",
                        "default.book 7",
                        "default.book 1",
                        "default.page 1",
                        "default.book 1",
                        "no collection");
    }

    @Test
    void aSourceOfOneMilvusIsCalledBySourceAlone() {
        assertThat(told(
                        having("a", "s", Map.of("default.book", 1L)),
                        having("b", "s", Map.of("default.book", 1L)),
                        having("c", "t", Map.of("default.book", 2L)),
                        Backups.timeless("half", State.INCOMPLETE)))
                .containsOnly("");
    }

    /** Nothing says that it is not another Milvus'. */
    @Test
    void withoutAnIdABackupIsOneOfItsOwn() {
        assertThat(told(
                        having("a", "s", Map.of("default.book", 0L)),
                        having("b", "s", Map.of("default.book", 0L)),
                        having("c", "s", Map.of("default.book", -1L))))
                .doesNotHaveDuplicates();
    }

    @Test
    void groupsBySourceAreOfOneClusterOthersAreNot() {
        List<Candidate> two = Clusters.told(
                List.of(having("a", "s", Map.of("default.book", 1L)), having("x", "s", Map.of("default.book", 7L))));

        assertThat(Grouping.parse("source,selection").of(two))
                .containsOnlyKeys("* of s with default.book 1", "* of s with default.book 7");
        assertThat(Grouping.parse("source").of(two)).containsOnlyKeys("s with default.book 1", "s with default.book 7");
        assertThat(Grouping.parse("selection").of(two)).containsOnlyKeys("*");
    }

    @Test
    void aCopyInAnotherClusterIsNoCopy() {
        List<Candidate> two = Clusters.told(
                List.of(having("a", "s", Map.of("default.book", 1L)), having("x", "s", Map.of("default.book", 7L))));

        assertThat(LastCopies.of(
                        Stream.of(Verdict.remove(two.get(0), ""), Verdict.keep(two.get(1), "last 1")), Stream.of()))
                .containsExactly("default.book of s with default.book 1");
    }
}
