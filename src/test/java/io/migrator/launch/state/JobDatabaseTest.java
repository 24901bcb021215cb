package io.migrator.launch.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

class JobDatabaseTest {
    private static final String RUN = "insert into BATCH_JOB_INSTANCE (JOB_INSTANCE_ID, VERSION, JOB_NAME, JOB_KEY)"
            + " values (1, 0, 'backup', 'key');"
            + "insert into BATCH_JOB_EXECUTION (JOB_EXECUTION_ID, VERSION, JOB_INSTANCE_ID, CREATE_TIME, STATUS)"
            + " values (1, 0, 1, current_timestamp, 'FAILED')";

    @TempDir
    Path stateDir;

    @Test
    void goesOnWithItsOwnTables() {
        change(RUN + "; insert into run_fact (name, fact) values ('a', 'kept')");

        try (JobDatabase database = JobDatabase.open(stateDir, "work")) {
            assertThat(database.jdbc().queryForObject("select fact from run_fact where name = 'a'", String.class))
                    .isEqualTo("kept");
        }
    }

    /** H2 writes one with an exception in it for each statement that fails. */
    @Test
    void leavesNoTraceFile() throws IOException {
        try (JobDatabase database = JobDatabase.open(stateDir, "work")) {
            assertThatThrownBy(() -> database.jdbc().execute("select * from there_is_none"))
                    .isInstanceOf(DataAccessException.class);
        }

        try (Stream<Path> files = Files.list(stateDir)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("work.mv.db");
        }
    }

    @Test
    void refusesTheTablesOfAnotherVersion() {
        change(RUN + "; update run_fact set fact = '999' where name = 'state_version'");

        assertThatThrownBy(() -> JobDatabase.open(stateDir, "work"))
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.RESUME_REFUSED))
                .hasMessageContaining("state version 999, this one has 8")
                .hasMessageContaining("work.mv.db");
    }

    @Test
    void refusesTablesFromBeforeVersionsWereWrittenDown() {
        change(RUN + "; delete from run_fact; drop table import_job");

        assertThatThrownBy(() -> JobDatabase.open(stateDir, "work")).hasMessageContaining("state version 1");
    }

    @Test
    void beginsAnewWhereADeathLeftSomeTablesOnly() {
        change("delete from run_fact; drop table import_job; drop table BATCH_STEP_EXECUTION_CONTEXT");

        try (JobDatabase database = JobDatabase.open(stateDir, "work")) {
            assertThat(database.jdbc().queryForObject("select count(*) from import_job", Integer.class))
                    .isZero();
            assertThat(database.jdbc()
                            .queryForObject("select count(*) from BATCH_STEP_EXECUTION_CONTEXT", Integer.class))
                    .isZero();
        }
    }

    /** Their truth is in the vault; a job that runs once a day must not end with 21 after each new version. */
    @Test
    void forgetsWhatAnotherVersionLeftOfWorkInTheVault() {
        change(RUN + "; update run_fact set fact = '4' where name = 'state_version'");

        JobDatabase.openForVault(stateDir, "work", UnaryOperator.identity(), true)
                .close();

        try (JobDatabase database = JobDatabase.open(stateDir, "work")) {
            assertThat(database.holdsCompletedRun()).isFalse();
        }
    }

    /** Asked for again on the day after the new version came, such a backup is looked for in the vault. */
    @Test
    void forgetsABackupThatAnotherVersionCompleted() {
        change(RUN.replace("FAILED", "COMPLETED")
                + "; insert into run_fact (name, fact) values ('a', 'of before')"
                + "; update run_fact set fact = '4' where name = 'state_version'");

        try (JobDatabase database = JobDatabase.openForVault(stateDir, "work", UnaryOperator.identity(), false)) {
            assertThat(database.holdsCompletedRun()).isFalse();
            assertThat(database.jdbc().queryForList("select fact from run_fact", String.class))
                    .containsExactly("8");
        }
    }

    /** A user who tries resume=restart twice within a second, or a script. */
    @Test
    void isPutAsideAsOftenAsAskedFor() throws IOException {
        for (int time = 0; time < 3; time++) {
            change(RUN);
            JobDatabase.openAnew(stateDir, "work", UnaryOperator.identity(), forgettable -> {})
                    .close();
        }

        try (Stream<Path> files = Files.list(stateDir)) {
            assertThat(files.filter(file -> file.toString().endsWith(".zip"))).hasSize(3);
        }
    }

    @Test
    void refusesABackupThatAnotherVersionBegan() {
        change(RUN + "; update run_fact set fact = '4' where name = 'state_version'");

        assertThatThrownBy(() -> JobDatabase.openForVault(stateDir, "work", UnaryOperator.identity(), false))
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.RESUME_REFUSED));
    }

    @Test
    void isCopiedForADryRunUnlessARunHasIt() {
        change(RUN);

        try (StateCopy copy = StateCopy.of(stateDir, "work");
                JobDatabase database = JobDatabase.open(copy.folder(), "work")) {
            assertThat(database.completedRuns()).isZero();
            assertThat(copy.folder()).isNotEqualTo(stateDir);
        }
        try (JobDatabase running = JobDatabase.open(stateDir, "work")) {
            assertThatThrownBy(() -> StateCopy.of(stateDir, "work"))
                    .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                            .isEqualTo(Failure.LOCKED))
                    .hasMessageContaining("the same work is being done by pid");
            assertThat(running.completedRuns()).isZero();
        }
    }

    @Test
    void forgetsAllButStaysUsable() {
        change(RUN);

        try (JobDatabase database = JobDatabase.open(stateDir, "work")) {
            database.reset();
        }
        try (JobDatabase database = JobDatabase.open(stateDir, "work")) {
            assertThat(database.holdsCompletedRun()).isFalse();
        }
    }

    private void change(String sql) {
        try (JobDatabase database = JobDatabase.open(stateDir, "work")) {
            for (String statement : sql.split(";")) {
                database.jdbc().execute(statement);
            }
        }
    }
}
