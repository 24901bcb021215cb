package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.data.RowDigest;
import io.migrator.fake.model.CollectionModel;
import io.migrator.launch.RunOutcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A restore that was completed, run again with more that is asked for, or with fewer rows there. */
class RepeatWishesIT extends RepeatCase {
    @Test
    void doesWhatIsAskedForBeyondWhatWasDone() {
        CollectionModel a = ground.fill("a", 0);
        a.add(ground.index("FLAT"));
        a.database().setAlias("other", a);
        both = Map.of("a", ground.sourceRows("a"));
        assertEnds(0, ground.backUp("collection=a", "name=n"));
        assertEnds(0, ground.restore("name=n", "index=none"));
        ground.addRows("a", 1);
        Map<String, RowDigest> rows = Map.of("a", ground.targetRows("a"));
        CollectionModel restored = ground.targetCollection("a");

        RunOutcome unindexed = ground.restoreKept(rows, "name=n", "index=none", "load=yes");
        RunOutcome indexed = ground.restoreKept(rows, "name=n", "index=yes");

        assertThat(unindexed.failure()).as(unindexed.message()).isEqualTo(Failure.USAGE);
        assertEnds(0, indexed);
        assertThat(indexed.message()).doesNotContain("already complete");
        assertThat(restored.indexes()).hasSize(1);
        RunOutcome other = ground.restoreKept(rows, "name=n", "index=auto");
        assertThat(other.failure()).as(other.message()).isEqualTo(Failure.CONFLICT);
        assertEnds(0, ground.restoreKept(rows, "name=n", "index=none", "load=yes"));
        assertThat(restored.loaded().whole()).isTrue();
        assertEnds(0, ground.restoreKept(rows, "name=n", "aliases=yes"));
        assertThat(restored.aliasNames()).containsExactly("other");
        assertThat(ground.restoreKept(rows, "name=n", "aliases=yes", "load=as-source")
                        .message())
                .contains("already complete");
        assertThat(ground.notes())
                .contains("complete when it was restored, changed since: default.a (60 rows then, 61 now by Milvus'"
                        + " statistics)");
        assertThat(ground.targetCollection("a").id()).isEqualTo(restored.id());
    }

    /** Statistics see deletes late; what is loaded can be asked. */
    @Test
    void saysThatRowsWereDeletedSince() {
        CollectionModel a = ground.fill("a", 0);
        a.add(ground.index("FLAT"));
        both = Map.of("a", ground.sourceRows("a"));
        assertEnds(0, ground.backUp("collection=a", "name=n"));
        assertEnds(0, ground.restore("name=n", "load=yes"));
        assertThat(ground.restore("name=n", "load=yes").message()).contains("already complete");
        assertThat(ground.notes()).noneMatch(line -> line.contains("changed since"));
        ground.deleteRows("a", 40);
        Map<String, RowDigest> rows = Map.of("a", ground.targetRows("a"));

        RunOutcome repeated = ground.restoreKept(rows, "name=n", "load=yes");

        assertEnds(0, repeated);
        assertThat(repeated.message()).contains("already complete");
        assertThat(ground.notes())
                .contains("complete when it was restored, changed since: default.a (60 rows then, 20 now)");
    }
}
