package io.migrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.cli.CliRun;
import io.migrator.config.RepositoryConfig;
import io.migrator.lab.PostgresServer;
import io.migrator.launch.postgres.PostgresStores;
import io.migrator.launch.state.JobStore;
import io.migrator.launch.state.StateFile;
import io.migrator.remote.Offers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code runs} tells of a PostgreSQL, and what it drops there. */
class RunsCommandTest {
    private static final StateFile WORK = new StateFile("backup-n-0123456789ab", "0123456789ab");

    @TempDir
    Path folder;

    private RepositoryConfig database;

    @BeforeEach
    void start() {
        database = PostgresServer.shared().database();
    }

    private record Told(int code, String text) {}

    private Told runs(String... words) throws IOException {
        Path config = folder.resolve("backup.yaml");
        Files.writeString(
                config,
                "minio: {storageType: local, rootPath: %s, backupStorageType: local, backupRootPath: %s}%n"
                        .formatted(folder.resolve("a"), folder.resolve("b")));
        CliRun cli = new CliRun();
        int code = cli.run(
                folder,
                Map.of(
                        "MIGRATOR_REPOSITORY_URL",
                        database.url(),
                        "MIGRATOR_REPOSITORY_USER",
                        database.user(),
                        "MIGRATOR_REPOSITORY_PASSWORD",
                        database.password().reveal()),
                (request, progress) -> {
                    throw new AssertionError("no job is meant");
                },
                Stream.concat(Stream.of("runs", "--config=" + config), Stream.of(words))
                        .toArray(String[]::new));
        return new Told(code, cli.text() + cli.errorText());
    }

    private JobStore begin() {
        return begin(1);
    }

    private JobStore begin(int execution) {
        PostgresStores stores = new PostgresStores(database, UnaryOperator.identity(), () -> {});
        stores.prepare();
        JobStore store = stores.open(WORK);
        store.jdbc()
                .execute(("insert into BATCH_JOB_INSTANCE values (%1$d, 0, 'backup', 'key%1$d');"
                                + " insert into BATCH_JOB_EXECUTION (JOB_EXECUTION_ID, VERSION, JOB_INSTANCE_ID,"
                                + " CREATE_TIME, STATUS) values (%1$d, 0, %1$d, now(), 'FAILED')")
                        .formatted(execution));
        return store;
    }

    @Test
    void tellsThatThereAreNone() throws IOException {
        Told none = runs();

        assertThat(none.code()).isZero();
        assertThat(none.text()).contains("no work in postgresql://");
        assertThat(PostgresServer.rows(database, "select 1 from pg_namespace where nspname = 'migrator'"))
                .as("a look makes nothing")
                .isEmpty();
    }

    @Test
    void tellsWhoHasWhichWork() throws IOException {
        try (JobStore running = begin()) {
            assertThat(running.holdsCompletedRun()).isFalse();
            Told told = runs();
            assertThat(told.code()).as(told.text()).isZero();
            assertThat(told.text()).contains("backup-n-0123456789ab", "running", "pid ");
            assertThat(runs("--drop=" + WORK.name()).code()).isEqualTo(11);
        }
        assertThat(runs("--output=json").text())
                .contains("\"name\":\"backup-n-0123456789ab\"", "\"state\":\"unfinished\"", "\"executions\":1");
    }

    @Test
    void forgetsWhatNobodyHas() throws IOException {
        begin().close();

        assertThat(runs("--drop=backup-m-0123456789ab").code()).isEqualTo(10);
        Told dropped = runs("--drop=" + WORK.name());

        assertThat(dropped.code()).as(dropped.text()).isZero();
        assertThat(runs().text()).contains("no work in ");
        assertThat(PostgresServer.rows(database, "select 1 from pg_namespace where nspname like 'migrator_backup%'"))
                .isEmpty();
    }

    /** Else a process that had it before, and does not know yet, would pass the fence of the new one. */
    @Test
    void givesNoNumberOfAnOwnershipTwice() throws IOException {
        JobStore before = begin();
        long number = before.shared().orElseThrow().epoch();
        before.close();
        runs("--drop=" + WORK.name());

        try (JobStore after = begin()) {
            assertThat(after.shared().orElseThrow().epoch()).isGreaterThan(number);
            assertThat(runs().text()).contains(WORK.name());
        }
    }

    @Test
    void forgetsWhatLiesElsewhereOfIt() throws IOException {
        try (JobStore store = begin()) {
            new Offers(store.dataSource(), database.schema()).prepare();
            store.jdbc()
                    .update(
                            "insert into migrator.offer values (?, 1, 'n', '', '', '', '', '', false, now(), now())",
                            store.shared().orElseThrow().schema());
            store.jdbc().update("insert into migrator.pending_name values ('a', 'n'), ('b', 'm')");
        }
        PostgresStores stores = new PostgresStores(database, UnaryOperator.identity(), () -> {});
        stores.openAnew(WORK, jdbc -> {}).close();
        assertThat(PostgresServer.rows(database, "select 1 from pg_namespace where nspname like 'migrator_until%'"))
                .as("put aside")
                .hasSize(1);

        assertThat(runs("--drop=" + WORK.name()).code()).isZero();

        assertThat(PostgresServer.rows(database, "select 1 from pg_namespace where nspname like 'migrator_%'"))
                .isEmpty();
        assertThat(PostgresServer.rows(database, "select 1 from migrator.offer"))
                .isEmpty();
        assertThat(PostgresServer.rows(database, "select name from migrator.pending_name"))
                .singleElement()
                .asString()
                .contains("m");
    }

    /** The table still says that they are at work. */
    @Test
    void showsNoWorkersThatDied() throws IOException {
        try (JobStore store = begin()) {
            store.jdbc()
                    .execute("create table partition_report (step_execution_id bigint primary key, name text not null,"
                            + " attempts int not null, worker text not null, claim int not null,"
                            + " begun timestamptz not null, beat timestamptz not null, ended boolean not null,"
                            + " objects bigint not null, bytes bigint not null, failure text, message text);"
                            + " insert into partition_report select 1, 'part-of-one', 1, 'alive', pg_backend_pid(), now(),"
                            + " now(), false, 1, 1, null, null; insert into partition_report select 2, 'part-of-two', 1,"
                            + " 'dead', 0, now(), now(), false, 1, 1, null, null");

            assertThat(runs().text()).contains("part-of-one").doesNotContain("part-of-two");
        }
        try (JobStore next = begin(2)) {
            assertThat(next.jdbc().queryForObject("select count(*) from partition_report", Integer.class))
                    .as("of the run before")
                    .isZero();
        }
    }

    @Test
    void needsAPostgres() throws IOException {
        CliRun cli = new CliRun();
        runs();
        int code = cli.run(
                folder,
                Map.of(),
                (request, progress) -> {
                    throw new AssertionError("no job is meant");
                },
                List.of("runs", "--config=" + folder.resolve("backup.yaml")).toArray(String[]::new));

        assertThat(code).isEqualTo(2);
        assertThat(cli.errorText()).contains("repository.url");
    }
}
