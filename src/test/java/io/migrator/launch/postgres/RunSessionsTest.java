package io.migrator.launch.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.RepositoryConfig;
import io.migrator.config.Secret;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.PostgresServer;
import io.migrator.launch.state.JobStore;
import io.migrator.launch.state.JobStores;
import io.migrator.launch.state.StateFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The sessions of runs: how they are found, what they are kept from, and who of several gets the work. */
class RunSessionsTest {
    private static final int RUNS = 6;

    private static RepositoryConfig database;

    @BeforeAll
    static void start() {
        database = PostgresServer.shared().database();
    }

    private static JobStores stores(RepositoryConfig config) {
        JobStores stores = new PostgresStores(config, UnaryOperator.identity(), () -> {});
        stores.prepare();
        return stores;
    }

    private static StateFile work(String name) {
        return new StateFile("backup-" + name + "-0123456789ab", "0123456789ab");
    }

    /** By the name a run that lost its lock is found, and its sessions ended. */
    @Test
    void namesTheSessionsOfARunWhateverTheDriverWasTold() {
        RepositoryConfig named = new RepositoryConfig(
                database.url() + "?ApplicationName=mine", database.user(), database.password(), database.schema());
        try (JobStore store = stores(named).open(work("named"))) {
            assertThat(store.jdbc().queryForObject("select current_setting('application_name')", String.class))
                    .isEqualTo("migrator_backup_named_0123456789ab");
        }
    }

    @Test
    void keepsItsSessionsFromLimitsOfTheRole() {
        String name = database.url().replaceFirst(".*/", "");
        PostgresServer.shared().execute(name, "create role limited login superuser password 'limited'");
        PostgresServer.shared().execute(name, "alter role limited set statement_timeout = '1h'");
        PostgresServer.shared().execute(name, "alter role limited set default_transaction_isolation = 'serializable'");
        RepositoryConfig limited = new RepositoryConfig(database.url(), "limited", new Secret("limited"), "limited");
        try (JobStore store = stores(limited).open(work("limited"))) {
            assertThat(store.jdbc()
                            .queryForList(
                                    "select setting from pg_settings where name in ('statement_timeout',"
                                            + " 'transaction_timeout', 'default_transaction_isolation')",
                                    String.class))
                    .containsOnly("0", "read committed");
        }
    }

    @RepeatedTest(5)
    void tellsTheOneThatComesLateOfTwoThatBeginTogether() throws Exception {
        JobStores stores = stores(database);
        ExecutorService runs = Executors.newFixedThreadPool(RUNS);
        try {
            CyclicBarrier together = new CyclicBarrier(RUNS);
            List<Future<JobStore>> begun = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                begun.add(runs.submit(() -> {
                    together.await();
                    return stores.open(work("together"));
                }));
            }
            List<Object> ends = new ArrayList<>();
            for (Future<JobStore> run : begun) {
                try {
                    JobStore store = run.get();
                    store.requireHeld();
                    store.close();
                    ends.add(0);
                } catch (ExecutionException e) {
                    ends.add(e.getCause() instanceof MigratorException fault ? fault.failure() : e);
                }
            }
            assertThat(ends).contains(0).isSubsetOf(0, Failure.LOCKED);
        } finally {
            runs.shutdownNow();
        }
    }

    /** The watch of a run may be amid its look when the run ends. */
    @Test
    void takesNoLockBackThatWasGiven() {
        JobStores stores = stores(database);
        JobStore store = stores.open(work("closed"));
        store.close();

        store.requireHeld();

        stores.open(work("closed")).close();
    }
}
