package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.lab.JobState;
import io.migrator.launch.RunOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A restore that was completed, run again where its state, its vault or its Milvus are found elsewhere, or not at all. */
class RepeatStateIT extends RepeatCase {
    @Test
    void knowsTheBackupInACopyOfItsVault() {
        completed("name=n");

        assertThat(ground.vault("copy").restore("name=n").message()).contains("already complete");
        ground.addRows("a", 1);
        assertThat(ground.restore("name=n", "drop-existing-collection=yes").message())
                .contains("already complete");
    }

    @Test
    void knowsMilvusByAnotherAddress() {
        ground.empty("a");
        ground.empty("b");
        String[] words = {"name=n", "create=no"};
        completed(words);

        ground.address("localhost");

        assertThat(again(words).message()).contains("already complete");
        assertThat(again("name=n", "create=no", "append=yes").message()).contains("already complete");
        ground.drop("b");
        assertThat(again(words).failure()).isEqualTo(Failure.NOT_FOUND);
        assertThat(ground.notes()).anyMatch(line -> line.contains("another address"));
    }

    @Test
    void cannotTellWhoseRowsTheyAreOnceItsStateIsLost() {
        ground.empty("a");
        ground.empty("b");
        String[] words = {"name=n", "create=no"};
        completed(words);

        ground.loseState();
        RunOutcome looked = ground.preview(words);
        RunOutcome refused = again(words);

        for (RunOutcome outcome : new RunOutcome[] {looked, refused}) {
            assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.CONFLICT);
            assertThat(outcome.message()).contains("append=yes", "--state-dir");
        }
        assertEnds(0, ground.restore("name=n", "create=no", "append=yes"));
        assertThat(ground.targetRows("a").rows()).isEqualTo(2 * RepeatGround.ROWS);
    }

    @Test
    void goesOnWithAStateThatWasTakenAlong() {
        completed("name=n");

        assertThat(ground.moveState("other").restore("name=n").message()).contains("already complete");
        assertThat(ground.state("none").restore("name=n").failure()).isEqualTo(Failure.CONFLICT);
    }

    @Test
    @DisabledIfSystemProperty(
            named = JobState.PROPERTY,
            matches = JobState.POSTGRES,
            disabledReason = "no version before had it")
    void leavesAStateOfAnotherVersionThatIsOfTheSameWork() throws IOException {
        completed("name=n");
        try (Stream<Path> files = Files.list(ground.stateFolder())) {
            Path file = files.filter(each -> each.toString().matches(".*/restore-n-.*mv.db"))
                    .findFirst()
                    .orElseThrow();
            Path former = file.resolveSibling("restore-n-0123456789ab.mv.db");
            Files.move(file, former);
            JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(
                    "jdbc:h2:file:" + former.toString().replace(".mv.db", ""), "migrator", ""));
            jdbc.execute("update run_fact set fact = '4' where name = 'state_version'");
            jdbc.execute("update run_fact set fact = 'tag 12' where name = 'backup_fingerprint'");
            jdbc.execute("delete from BATCH_JOB_EXECUTION_PARAMS");
            for (String parameter : List.of("name=n", "vault=there", "target=milvus:19530")) {
                jdbc.update(
                        "insert into BATCH_JOB_EXECUTION_PARAMS (JOB_EXECUTION_ID, PARAMETER_NAME, PARAMETER_TYPE,"
                                + " PARAMETER_VALUE, IDENTIFYING) values (1, ?, 'java.lang.String', ?, 'Y')",
                        (Object[]) parameter.split("=", -1));
            }
        }

        for (String resume : List.of("auto", "restart")) {
            assertRefused(again("name=n", "drop-existing-collection=yes", "resume=" + resume), "version of migrator");
        }
        assertThat(again("name=n", "collection=a").failure()).isEqualTo(Failure.CONFLICT);
    }
}
