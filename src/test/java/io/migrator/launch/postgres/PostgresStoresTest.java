package io.migrator.launch.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.batch.RunFacts;
import io.migrator.config.RepositoryConfig;
import io.migrator.config.Secret;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.FreePorts;
import io.migrator.lab.PostgresServer;
import io.migrator.launch.request.JobIdentity;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.state.JobStore;
import io.migrator.launch.state.JobStores;
import io.migrator.launch.state.StateFile;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a PostgreSQL is to runs that share it, and each way in which it cannot be used. */
class PostgresStoresTest {
    private static RepositoryConfig database;

    @BeforeAll
    static void start() {
        database = PostgresServer.shared().database();
    }

    private static final String RUN = "insert into BATCH_JOB_INSTANCE (JOB_INSTANCE_ID, VERSION, JOB_NAME, JOB_KEY)"
            + " values (1, 0, 'backup', 'key');"
            + "insert into BATCH_JOB_EXECUTION (JOB_EXECUTION_ID, VERSION, JOB_INSTANCE_ID, CREATE_TIME, STATUS)"
            + " values (1, 0, 1, current_timestamp, 'FAILED')";

    private static JobStores stores(RepositoryConfig config) {
        JobStores stores = new PostgresStores(config, UnaryOperator.identity(), () -> {});
        stores.prepare();
        return stores;
    }

    private static StateFile work(String name) {
        return new StateFile("backup-" + name + "-0123456789ab", "0123456789ab");
    }

    private static void assertFails(Failure failure, ThrowingCallable call, String... told) {
        assertThatThrownBy(call).isInstanceOfSatisfying(MigratorException.class, fault -> {
            assertThat(fault.failure()).as(fault.getMessage()).isEqualTo(failure);
            assertThat(List.of(told))
                    .allSatisfy(part -> assertThat(fault.getMessage()).contains(part));
        });
    }

    @Test
    void keepsWhatARunKnewForTheNextOneOfAnyHost() {
        try (JobStore store = stores(database).open(work("kept"))) {
            new RunFacts(store.transactions()).put("a", "kept");
            store.jdbc().execute(RUN);
        }

        JobStores elsewhere = stores(database);
        try (JobStore store = elsewhere.open(work("kept"))) {
            assertThat(new RunFacts(store.transactions()).find("a")).contains("kept");
        }
        assertThat(elsewhere.all("backup-kept-")).containsExactly(work("kept"));
        assertThat(elsewhere.exists(work("kept"))).isTrue();
        assertThat(elsewhere.exists(work("other"))).isFalse();
        assertThat(elsewhere.look(
                        work("kept"),
                        jdbc -> jdbc.queryForObject("select fact from run_fact where name = 'a'", String.class)))
                .contains("kept");
        assertThat(elsewhere.look(work("other"), jdbc -> jdbc.queryForObject("select 1 from run_fact", Integer.class)))
                .isEmpty();
    }

    /** Each that writes waits for the server's disk: of one for each statement a small job's begin would be long. */
    @Test
    void makesItsTablesByFewTransactions() {
        JobStores stores = stores(database);
        String last = "select pg_current_xact_id()::text::bigint as last";
        long before = (Long) PostgresServer.rows(database, last).get(0).get("last");

        stores.open(work("few")).close();

        assertThat((Long) PostgresServer.rows(database, last).get(0).get("last") - before)
                .isLessThan(10);
    }

    @Test
    void lendsAWorkToOneRunAtATime() {
        JobStores stores = stores(database);
        try (JobStore store = stores.open(work("one"))) {
            assertThat(store.completedRuns()).isZero();
            assertFails(
                    Failure.LOCKED,
                    () -> stores(database).open(work("one")).close(),
                    "pid " + ProcessHandle.current().pid());
            assertFails(Failure.LOCKED, () -> stores.copy(work("one")).close());
            assertThat(stores.look(work("one"), jdbc -> 1)).isEmpty();
            stores.open(work("another")).close();
        }
        for (int i = 0; i < 20; i++) {
            stores.open(work("one")).close();
        }
        assertThat(stores.look(work("one"), jdbc -> 1)).contains(1);
    }

    @Test
    void ordersTextsAsStoresDo() {
        try (JobStore store = stores(database).open(work("order"))) {
            List<String> keys = List.of("a_1", "A/1", "a/1-x", "a/10/1", "a/1/2");
            for (int i = 0; i < keys.size(); i++) {
                store.jdbc()
                        .update(
                                "insert into copy_plan values (?, 1, 1, ?, 0, '', ?, 'PLANNED', '', null)",
                                i,
                                keys.get(i),
                                keys.get(i));
            }

            assertThat(store.jdbc().queryForList("select target_key from copy_plan order by target_key", String.class))
                    .containsExactlyElementsOf(keys.stream().sorted().toList());
        }
    }

    @Test
    void refusesTheTablesOfAnotherVersionAndPutsThemAside() {
        JobStores stores = stores(database);
        try (JobStore store = stores.open(work("version"))) {
            store.jdbc().execute(RUN + "; update run_fact set fact = '999' where name = 'state_version'");
        }

        assertFails(
                Failure.RESUME_REFUSED,
                () -> stores.open(work("version")),
                "state version 999, this one has 8",
                "migrator_backup_version_0123456789ab");
        assertFails(Failure.RESUME_REFUSED, () -> stores.openForVault(work("version"), false));
        assertFails(Failure.RESUME_REFUSED, () -> stores.copy(work("version")).open(work("version")));
        stores.openAnew(work("version"), old -> assertThat(old.queryForObject("select 7", Integer.class))
                        .isEqualTo(7))
                .close();
        try (JobStore store = stores.open(work("version"))) {
            assertThat(store.jdbc().queryForObject("select count(*) from BATCH_JOB_EXECUTION", Integer.class))
                    .isZero();
            assertThat(store.jdbc()
                            .queryForList(
                                    "select obj_description(oid, 'pg_namespace') from pg_namespace where nspname like"
                                            + " 'migrator_until_%'",
                                    String.class))
                    .containsExactly("was migrator_backup_version_0123456789ab, put aside by resume=restart");
        }
    }

    @Test
    void forgetsWhatWasCompletedAndIsGone() {
        try (JobStore store = stores(database).open(work("gone"))) {
            store.jdbc().execute(RUN.replace("FAILED", "COMPLETED"));
            assertThat(store.holdsCompletedRun()).isTrue();

            store.reset();

            assertThat(store.holdsCompletedRun()).isFalse();
        }
    }

    @Test
    void givesADryRunACopyOfItsOwn() {
        JobStores stores = stores(database);
        try (JobStore store = stores.open(work("copy"))) {
            store.jdbc().execute(RUN);
            new RunFacts(store.transactions()).put("a", "kept");
        }

        try (JobStores copies = stores.copy(work("copy"));
                JobStore copy = copies.open(work("copy"))) {
            assertThat(new RunFacts(copy.transactions()).find("a")).contains("kept");
            new RunFacts(copy.transactions()).put("a", "changed");
        }

        assertThat(stores.look(
                        work("copy"),
                        jdbc -> jdbc.queryForObject("select fact from run_fact where name = 'a'", String.class)))
                .contains("kept");
    }

    @Test
    void keepsTheNameThatABackupWithoutOneGot() {
        JobIdentity unnamed = new JobIdentity(JobKind.BACKUP, new TreeMap<>());
        JobStores stores = stores(database);

        String name = stores.takeOrCreateName(unnamed, "book");

        assertThat(name).startsWith("book_");
        assertThat(stores(database).takeOrCreateName(unnamed, "page")).isEqualTo(name);
        stores.forgetName(unnamed, "one_of_before");
        assertThat(stores(database).takeOrCreateName(unnamed, "page")).isEqualTo(name);
        stores.forgetName(unnamed, name);
        assertThat(stores(database).takeOrCreateName(unnamed, "page")).startsWith("page_");
    }

    /** Into one vault. */
    @Test
    void givesBackupsOfTwoMilvusNamesOfTheirOwn() {
        JobStores stores = stores(database);

        String one = stores.takeOrCreateName(new JobIdentity(JobKind.BACKUP, new TreeMap<>(), "one"), "tome");
        String other = stores.takeOrCreateName(new JobIdentity(JobKind.BACKUP, new TreeMap<>(), "other"), "roll");

        assertThat(one).startsWith("tome_");
        assertThat(other).startsWith("roll_");
    }

    @Test
    void tellsAWrongPassword() {
        RepositoryConfig wrong =
                new RepositoryConfig(database.url(), database.user(), new Secret("sesame"), database.schema());

        assertFails(Failure.DENIED, () -> stores(wrong), RepositoryConfig.PASSWORD);
        assertThatThrownBy(() -> stores(wrong)).hasMessageNotContaining("sesame");
    }

    @Test
    void tellsAServerThatIsNotThere() {
        RepositoryConfig nobody = new RepositoryConfig(
                "jdbc:postgresql://127.0.0.1:%d/lab".formatted(FreePorts.one()), "a", Secret.NONE, "migrator");

        assertFails(Failure.REPOSITORY, () -> stores(nobody), "postgresql://127.0.0.1:");
    }

    @Test
    void tellsAParameterThatCannotBeUsed() {
        RepositoryConfig odd = new RepositoryConfig(
                database.url() + "?prepareThreshold=often", database.user(), database.password(), database.schema());

        assertFails(Failure.USAGE, () -> stores(odd), RepositoryConfig.URL);
    }

    @Test
    void tellsADatabaseThatIsNotThere() {
        RepositoryConfig none = new RepositoryConfig(
                PostgresServer.shared().url("nowhere"), database.user(), database.password(), database.schema());

        assertFails(Failure.NOT_FOUND, () -> stores(none), "nowhere");
    }

    @Test
    void tellsTheStatementThatGivesAMissingRight() {
        String name = database.url().replaceFirst(".*/", "");
        PostgresServer.shared().execute(name, "create role poor login password 'poor-of-rights'");
        RepositoryConfig poor =
                new RepositoryConfig(database.url(), "poor", new Secret("poor-of-rights"), "poor_place");

        assertFails(Failure.DENIED, () -> stores(poor), "grant create on database \"%s\" to \"poor\"".formatted(name));
        PostgresServer.shared().execute(name, "grant create on database \"%s\" to \"poor\"".formatted(name));
        try (JobStore store = stores(poor).open(work("poor"))) {
            assertThat(store.completedRuns()).isZero();
        }
        RepositoryConfig others =
                new RepositoryConfig(database.url(), "poor", new Secret("poor-of-rights"), "migrator");
        try (JobStore made = stores(database).open(work("rich"))) {
            assertThat(made.completedRuns()).isZero();
        }
        assertFails(Failure.DENIED, () -> stores(others).open(work("rich")), "grant");
    }
}
