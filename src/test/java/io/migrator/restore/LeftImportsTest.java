package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.data.RowDigest;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.StoppedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a restore that is no more has left at work in Milvus is said: at its end, and by the run that goes on. */
class LeftImportsTest extends RepeatCase {
    @Test
    void aStoppedRestoreNamesTheJobsThatMilvusGoesOnWith() {
        ground.fill("a", 0);
        Map<String, RowDigest> rows = Map.of("a", ground.sourceRows("a"));
        assertEnds(0, ground.backUp("collection=a", "name=n"));
        List<String> atWork = new ArrayList<>();

        RunOutcome stopped = StoppedRun.onceServersWork(atWork, ground.toRestore("name=n"));

        assertEnds(4, stopped);
        assertThat(atWork).isNotEmpty().allMatch(job -> job.matches("import job [0-9]+ of default\\.a"));
        List<?> left = (List<?>) stopped.report().facts().get("imports_left");
        assertThat(left).hasSameSizeAs(atWork);
        for (Object one : left) {
            String id = String.valueOf(((Map<?, ?>) one).get("job_id"));
            assertThat(atWork).contains("import job " + id + " of default.a");
            assertThat(stopped.message()).contains("goes on by itself with", id + " of default.a");
        }

        RunOutcome again = ground.restoreKept(rows, "name=n");

        assertEnds(0, again);
        assertThat(again.report().facts()).doesNotContainKey("imports_left");
        assertThat(ground.notes())
                .filteredOn(line -> line.startsWith("the run before left at Milvus"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains(String.valueOf(((Map<?, ?>) left.get(0)).get("job_id"))));
        assertThat(ground.targetRows("a")).isEqualTo(rows.get("a"));
    }

    @Test
    void aRestoreThatStopsBeforeItsImportsLeavesNone() {
        ground.fill("a", 0);
        assertEnds(0, ground.backUp("collection=a", "name=n"));

        RunOutcome stopped = StoppedRun.at("plan", ground.toRestore("name=n"));

        assertEnds(4, stopped);
        assertThat(stopped.report().facts()).doesNotContainKey("imports_left");
        assertEnds(0, ground.restore("name=n"));
        assertThat(ground.notes()).noneMatch(line -> line.contains("left at Milvus"));
    }
}
