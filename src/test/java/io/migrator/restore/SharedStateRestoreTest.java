package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.RepositoryConfig;
import io.migrator.failure.Failure;
import io.migrator.fake.data.RowDigest;
import io.migrator.lab.PostgresServer;
import io.migrator.lab.SessionBreaks;
import io.migrator.launch.Launcher;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.StoppedRun;
import io.migrator.launch.Termination;
import io.migrator.launch.postgres.PostgresStores;
import io.migrator.launch.state.JobStore;
import io.migrator.launch.state.StateFile;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Restores whose state lies in a PostgreSQL: each row once, whichever host goes on, by whatever address. */
class SharedStateRestoreTest extends RepeatCase {
    private RepositoryConfig postgres;

    @BeforeEach
    void share() {
        postgres = PostgresServer.shared().database();
        ground.keepingIn(postgres);
    }

    private List<Map<String, Object>> schemas() {
        return PostgresServer.rows(
                postgres, "select nspname from pg_namespace where nspname like 'migrator%' order by 1");
    }

    @Test
    void isGoneOnWithByAnotherHostAndBringsEachRowOnce() {
        ground.fill("a", 0);
        ground.fill("b", 1000);
        Map<String, RowDigest> all = Map.of("a", ground.sourceRows("a"), "b", ground.sourceRows("b"));
        assertEnds(0, ground.backUp("collection=a,b", "name=n"));
        assertEnds(4, StoppedRun.at("import", ground.toRestore("name=n")));

        assertEnds(0, ground.state("another-host").restoreKept(all, "name=n"));

        assertThat(ground.targetRows("a")).isEqualTo(all.get("a"));
        assertThat(ground.targetRows("b")).isEqualTo(all.get("b"));
        assertThat(ground.state("third-host").restore("name=n").message()).contains("already complete");
        assertThat(ground.stateFolder()).doesNotExist();
    }

    @Test
    void isFoundByAnotherAddressOfItsMilvus() {
        completed("name=n");

        RunOutcome again = ground.address("localhost").restore("name=n");

        assertThat(again.message()).contains("already complete");
        assertThat(ground.targetRows("a").rows()).isEqualTo(RepeatGround.ROWS);
    }

    @Test
    void waitsForTheRunThatGoesOnByAnotherAddress() {
        ground.fill("a", 0);
        assertEnds(0, ground.backUp("collection=a", "name=n"));
        assertEnds(4, StoppedRun.at("import", ground.toRestore("name=n")));
        PostgresStores stores = new PostgresStores(postgres, UnaryOperator.identity(), () -> {});
        StateFile state = stores.all("restore-n-").get(0);

        try (JobStore held = stores.open(state)) {
            assertThat(held.completedRuns()).isZero();
            RunOutcome second = ground.address("localhost").restore("name=n");
            assertThat(second.failure()).as(second.message()).isEqualTo(Failure.LOCKED);
            assertThat(second.message()).contains(state.name());
        }

        assertEnds(0, ground.restore("name=n"));
        assertThat(ground.targetRows("a").rows()).isEqualTo(RepeatGround.ROWS);
    }

    @Test
    void leavesNoTraceOfADryRun() {
        completed("name=n");
        List<Map<String, Object>> before = schemas();

        assertEnds(0, ground.preview("name=n"));
        assertEnds(0, ground.preview("name=n", "suffix=_2"));

        assertThat(schemas()).isEqualTo(before);
    }

    @Test
    void dropsNothingThatAnotherRestoreOfAnyHostMade() {
        completed("name=n");

        RunOutcome outcome =
                ground.state("another-host").restore("name=n", "collection=a", "drop-existing-collection=yes");

        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.RESUME_REFUSED);
        assertThat(ground.targetRows("a").rows()).isEqualTo(RepeatGround.ROWS);
    }

    @Test
    void beginsAnewAndKeepsWhatItWas() {
        ground.fill("a", 0);
        assertEnds(0, ground.backUp("collection=a", "name=n"));
        assertEnds(4, StoppedRun.at("import", ground.toRestore("name=n")));

        assertEnds(0, ground.state("another-host").restore("name=n", "resume=restart", "drop-existing-collection=yes"));

        assertThat(ground.targetRows("a")).isEqualTo(ground.sourceRows("a"));
        assertThat(schemas())
                .anyMatch(schema -> String.valueOf(schema.get("nspname")).contains("_until_"));
    }

    /** Between two statements, and before and after commits; nothing of the process before is lost or done twice. */
    @RepeatedTest(3)
    void bringsEachRowOnceWhileItsSessionsBreak(RepetitionInfo info) {
        ground.fill("a", 0);
        ground.fill("b", 1000);
        assertEnds(0, ground.backUp("collection=a,b", "name=n"));
        SessionBreaks breaks = new SessionBreaks(postgres, info.getCurrentRepetition(), 4);

        assertEnds(0, new Launcher(ground.toRestore("name=n"), breaks, new Termination()).run());

        assertThat(breaks.left()).isLessThan(4);
        assertThat(ground.targetRows("a")).isEqualTo(ground.sourceRows("a"));
        assertThat(ground.targetRows("b")).isEqualTo(ground.sourceRows("b"));
    }
}
