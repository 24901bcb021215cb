package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.RepositoryConfig;
import io.migrator.config.Secret;
import io.migrator.failure.Failure;
import io.migrator.fake.model.CollectionModel;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.PostgresServer;
import io.migrator.lab.SessionBreaks;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.postgres.PostgresStores;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.state.JobStore;
import io.migrator.launch.state.StateFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups whose state lies in a PostgreSQL: gone on with by any host, and what becomes of them where it fails. */
class SharedStateTest {
    private static final String PATIENCE = "migrator.repository.awaySeconds";
    /** Without workers of other processes, whatever this JVM was told: what they did is told a moment later. */
    private static final String[] WORDS = {"collection=a", "name=n", "chunk=5", "workers=2"};

    private static final int OBJECTS = 40;

    @TempDir
    Path folder;

    private SourceDouble source;
    private CollectionModel made;

    @BeforeEach
    void start() {
        patience("3");
        source = SourceDouble.start(new LocalFolders(folder), "2.4.15");
        made = source.milvus().filling().collection("default", SourceDouble.schema("a"));
        for (int i = 0; i < OBJECTS / 4; i++) {
            source.segment(made, "_default", 10);
        }
    }

    @AfterEach
    void stop() {
        source.close();
        System.clearProperty(PATIENCE);
    }

    /** How long a database may be away, in seconds: each statement of a run that has to end waits so long. */
    private static void patience(String seconds) {
        System.setProperty(PATIENCE, seconds);
    }

    private static void assertEnds(int code, RunOutcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(code);
    }

    private static List<Map<String, Object>> query(RepositoryConfig postgres, String sql) {
        return PostgresServer.rows(postgres, sql);
    }

    private static long copied(RepositoryConfig postgres) {
        String schema = (String) query(postgres, "select schema_name from migrator.run where name like 'backup-n-%'")
                .get(0)
                .get("schema_name");
        return (Long) query(postgres, "select count(*) as n from %s.copy_plan where state = 'COPIED'".formatted(schema))
                .get(0)
                .get("n");
    }

    @Test
    void isGoneOnWithByAnotherHost() {
        RepositoryConfig postgres = PostgresServer.shared().database();
        SourceDouble here = source.keepingIn(postgres);
        RunOutcome killed = here.backup(
                new Amid(20, () -> {
                    throw new IllegalStateException("killed");
                }),
                WORDS);
        assertThat(killed.failure()).isNotNull();
        long before = copied(postgres);
        assertThat(before).isPositive().isLessThan(OBJECTS);
        Amid counted = new Amid(Integer.MAX_VALUE, () -> {});

        assertEnds(0, here.withState("-another-host").backup(counted, WORDS));

        // What the first had copied since its last checkpoint is found whole, and need not be copied again.
        assertThat(counted.seen()[0])
                .as("copied by the second host")
                .isPositive()
                .isLessThanOrEqualTo(OBJECTS - before);
        assertThat(here.backup(WORDS).message()).contains("already complete");
        assertEnds(0, here.withState("-third-host").run(JobKind.VERIFY, "name=n"));
        assertThat(folder.resolveSibling("state")).doesNotExist();
    }

    /** The units that it shares lie there with their files. */
    @Test
    void keepsWhatAnIncrementalBackupShares() {
        String[] words = {"collection=a", "name=m", "incremental=yes"};
        SourceDouble here = source.keepingIn(PostgresServer.shared().database());
        assertEnds(0, here.backup("collection=a", "name=n", "incremental=yes"));
        source.segment(made, "_default", 10);
        assertThat(here.backup(new DiesAt("verify"), words).failure()).isNotNull();

        RunOutcome outcome = here.withState("-another-host").backup(words);

        assertEnds(0, outcome);
        assertThat(outcome.report().facts()).doesNotContainKey("objects_copied").containsEntry("objects", OBJECTS + 4L);
        assertEnds(0, here.run(JobKind.VERIFY, "name=m"));
    }

    @Test
    void leavesNothingInTheStateFolder() {
        SourceDouble here = source.keepingIn(PostgresServer.shared().database()).withState("-nowhere");

        assertEnds(0, here.backup("collection=a"));
        assertEnds(0, here.preview(WORDS));

        assertThat(here.state()).doesNotExist();
    }

    @Test
    void endsWhereTheDatabaseGoesAndIsGoneOnWithWhenItIsBack(@TempDir Path data) {
        try (PostgresServer server = PostgresServer.start(data)) {
            SourceDouble here = source.keepingIn(server.database());
            patience("1");

            RunOutcome lost = here.backup(new Amid(20, server::kill), WORDS);

            assertEnds(30, lost);
            assertThat(lost.message()).contains("postgresql://127.0.0.1:");
            assertEnds(30, here.backup(WORDS));
            server.startAgain();
            patience("3");
            Amid counted = new Amid(Integer.MAX_VALUE, () -> {});
            assertEnds(0, here.backup(counted, WORDS));
            assertThat(counted.seen()[0]).isPositive().isLessThan(OBJECTS);
            assertEnds(0, here.run(JobKind.VERIFY, "name=n"));
        }
    }

    /** As where its network was cut for a while, and another host began the same work. */
    @Test
    void isLeftToTheRunThatTookItOver() {
        RepositoryConfig postgres = PostgresServer.shared().database();
        SourceDouble here = source.keepingIn(postgres);
        JobStore[] other = new JobStore[1];
        long[] known = new long[1];
        patience("1");

        RunOutcome lost = here.backup(
                new Amid(10, () -> {
                    query(
                            postgres,
                            "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database ="
                                    + " (select oid from pg_database where datname = current_database())");
                    other[0] = takenOver(postgres);
                    known[0] = copied(postgres);
                }),
                WORDS);

        assertEnds(Failure.LOCKED.exitCode(), lost);
        assertThat(lost.message()).contains("the same work is being done by");
        assertThat(copied(postgres))
                .as("nothing is written by the one that lost it")
                .isEqualTo(known[0]);
        other[0].close();
        assertEnds(0, here.backup(WORDS));
    }

    /** No repetition gives it back. */
    @Test
    void tellsARightThatIsTakenAwayMeanwhile() {
        RepositoryConfig postgres = PostgresServer.shared().database();
        String name = postgres.url().replaceFirst(".*/", "");
        String role = "owner_of_" + name;
        PostgresServer.shared().execute(name, "create role %s login password 'word-of-owner'".formatted(role));
        PostgresServer.shared().execute(name, "grant create on database %s to %s".formatted(name, role));
        SourceDouble here = source.keepingIn(
                new RepositoryConfig(postgres.url(), role, new Secret("word-of-owner"), postgres.schema()));

        RunOutcome outcome = here.backup(
                new Amid(20, () -> {
                    String schema = String.valueOf(query(postgres, "select schema_name from migrator.run")
                            .get(0)
                            .get("schema_name"));
                    PostgresServer.shared()
                            .execute(name, "revoke update on %s.copy_plan from %s".formatted(schema, role));
                }),
                WORDS);

        assertEnds(Failure.DENIED.exitCode(), outcome);
        assertThat(outcome.message()).contains("lacks a right", "grant create on database");
    }

    private static JobStore takenOver(RepositoryConfig postgres) {
        PostgresStores stores = new PostgresStores(postgres, UnaryOperator.identity(), () -> {});
        StateFile state = stores.all("backup-n-").get(0);
        return Awaitility.await().ignoreExceptions().until(() -> stores.open(state), store -> true);
    }

    /** Its run has its lock on a session that breaks, and nobody else wants the work. */
    @Test
    void goesOnWhereItsLockWasLostAndNobodyTookTheWork() {
        RepositoryConfig postgres = PostgresServer.shared().database();

        assertEnds(
                0,
                source.keepingIn(postgres)
                        .backup(
                                new Amid(
                                        10,
                                        () -> query(
                                                postgres,
                                                "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'"
                                                        + " and database = (select oid from pg_database where datname ="
                                                        + " current_database())")),
                                WORDS));
    }

    /** Between two statements, and before and after commits, of the lock and of all. */
    @RepeatedTest(3)
    void isWholeThoughItsSessionsBreak(RepetitionInfo info) {
        patience("60");
        SourceDouble here = source.keepingIn(PostgresServer.shared().database());
        SessionBreaks breaks = new SessionBreaks(here.config().repository(), info.getCurrentRepetition(), 4);

        assertEnds(0, here.backup(breaks, WORDS));

        assertThat(breaks.left()).isLessThan(4);
        assertEnds(0, here.run(JobKind.VERIFY, "name=n"));
        assertThat(here.keys("n/").stream().filter(key -> key.contains("insert_log")))
                .hasSize(OBJECTS);
    }
}
