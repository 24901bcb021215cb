package io.migrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.cli.Cli;
import io.migrator.cli.line.Terminal;
import io.migrator.config.RepositoryConfig;
import io.migrator.config.Secret;
import io.migrator.config.read.ConfigLocation;
import io.migrator.lab.AgedPostgres;
import io.migrator.lab.FreePorts;
import io.migrator.lab.PostgresServer;
import io.migrator.lab.TransactionPooler;
import io.migrator.launch.Launcher;
import io.migrator.launch.Stopping;
import io.migrator.launch.Termination;
import io.migrator.launch.Worker;
import io.migrator.launch.postgres.PostgresStores;
import io.migrator.launch.postgres.WorkerSessions;
import io.migrator.remote.Offers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that cannot hold the state of jobs: how a job and a worker end, each by the first line that it says. */
class UnfitRepositoryTest {
    private static final List<String> JOB = List.of("--job=backup", "collection=*", "name=n");
    private static final List<String> HELPED = List.of("--job=backup", "collection=*", "name=n", "workers=remote");
    private static final List<String> WORKER = List.of("worker", "--idle-exit=1s");

    @TempDir
    Path folder;

    private RepositoryConfig database;

    @BeforeEach
    void start() throws IOException {
        database = PostgresServer.shared().database();
        Files.writeString(
                folder.resolve("backup.yaml"),
                "minio: {storageType: local, rootPath: %s, backupStorageType: local, backupRootPath: %s}%n"
                        .formatted(folder.resolve("a"), folder.resolve("b")));
    }

    private record Told(int code, String text) {}

    private Told run(RepositoryConfig repository, List<String> words) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "MIGRATOR_REPOSITORY_URL",
                repository.url(),
                "MIGRATOR_REPOSITORY_USER",
                repository.user(),
                "MIGRATOR_STATE_DIR",
                folder.resolve("state").toString()));
        if (!repository.password().reveal().isEmpty()) {
            environment.put(
                    "MIGRATOR_REPOSITORY_PASSWORD", repository.password().reveal());
        }
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new Cli(
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment,
                        new ConfigLocation(folder, null),
                        Terminal.NONE,
                        (request, progress) -> new Launcher(request, progress, new Termination()).run(),
                        (request, progress) -> new Worker(request, progress, new Termination()).run(),
                        Stopping.NONE)
                .run(words.toArray(String[]::new));
        return new Told(code, err.toString(StandardCharsets.UTF_8));
    }

    private void assertBothEnd(int code, RepositoryConfig repository, String... told) {
        for (List<String> words : List.of(JOB, HELPED, WORKER)) {
            assertEnds(code, repository, words, told);
        }
    }

    private void assertEnds(int code, RepositoryConfig repository, List<String> words, String... told) {
        Told end = run(repository, words);
        assertThat(end.code()).as("%s: %s", words, end.text()).isEqualTo(code);
        assertThat(end.text()).as("%s", words).contains(told);
    }

    private RepositoryConfig at(String url) {
        return new RepositoryConfig(url, database.user(), database.password(), database.schema());
    }

    private RepositoryConfig by(int port) {
        return at(database.url().replaceFirst(":\\d+/", ":" + port + "/"));
    }

    private RepositoryConfig as(String role) {
        return new RepositoryConfig(database.url(), role, new Secret("word-of-" + role), database.schema());
    }

    private String name() {
        return database.url().replaceFirst(".*/", "");
    }

    private void execute(String sql) {
        PostgresServer.shared().execute(name(), sql);
    }

    @Test
    void isNoAddressOfOne() {
        assertBothEnd(2, at("jdbc:mysql://db/jobs"), "MIGRATOR_REPOSITORY_URL", "jdbc:postgresql://host:port/database");
    }

    @Test
    void hasAParameterThatCannotBeUsed() {
        assertBothEnd(
                2, at(database.url() + "?prepareThreshold=often"), "a parameter of repository.url cannot be used");
    }

    @Test
    void doesNotAnswer() {
        assertBothEnd(30, by(FreePorts.one()), "unable to use 'postgresql://127.0.0.1:", "run the same command again");
    }

    @Test
    void hasNoSuchDatabase() {
        assertBothEnd(
                10, at(PostgresServer.shared().url("nowhere")), "there is no such database", "Make it, or correct");
    }

    @Test
    void refusesThePassword() {
        RepositoryConfig wrong =
                new RepositoryConfig(database.url(), database.user(), new Secret("sesame-of-none"), database.schema());

        assertBothEnd(12, wrong, "it refuses '%s'".formatted(database.user()), RepositoryConfig.PASSWORD);
        assertThat(run(wrong, WORKER).text()).doesNotContain("sesame-of-none");
    }

    @Test
    void givesNoRightToMakeASchema() {
        execute("create role poor_of_%s login password 'word-of-poor_of_%1$s'".formatted(name()));

        assertBothEnd(
                12, as("poor_of_" + name()), "grant create on database \"%s\" to \"poor_of_%1$s\"".formatted(name()));
    }

    /** One made them, and was another. */
    @Test
    void givesNoRightToTheTablesThatAllShare() {
        String role = "guest_of_" + name();
        new PostgresStores(database, UnaryOperator.identity(), () -> {}).prepare();
        execute("create role %s login password 'word-of-%1$s'".formatted(role));
        execute("grant usage on schema migrator to " + role);
        execute("grant select on all tables in schema migrator to " + role);

        assertBothEnd(12, as(role), "lacks a right", "Have an administrator run: grant create on database");
    }

    /** What was granted was enough for all before, and another host makes tables since. */
    @Test
    void givesNoRightToTheTablesOfWorkers() {
        String role = "aide_of_" + name();
        try (WorkerSessions sessions = new WorkerSessions(database)) {
            new Offers(sessions.common(), database.schema()).prepare();
        }
        execute("create role %s login password 'word-of-%1$s'".formatted(role));
        execute("grant create on database %s to %s".formatted(name(), role));
        execute("grant usage, create on schema migrator to " + role);
        execute("grant all on migrator.run, migrator.pending_name to " + role);

        assertEnds(12, as(role), WORKER, "lacks a right", "Have an administrator run: grant create on database");
    }

    @Test
    void isTooOld() {
        try (AgedPostgres old = new AgedPostgres(PostgresServer.shared(), "12")) {
            assertBothEnd(13, by(old.port()), "it is PostgreSQL 12, and 13 is the oldest that can be used");
        }
    }

    @Test
    void standsBehindAPoolerThatLendsSessions() throws IOException {
        try (TransactionPooler pooler =
                new TransactionPooler(PostgresServer.shared().port())) {
            assertBothEnd(13, by(pooler.port()), "a pooler stands before it");
        }
    }

    @Test
    void isAStandby(@TempDir Path data) {
        try (PostgresServer server = PostgresServer.start(data)) {
            RepositoryConfig written = server.database();
            server.kill();
            server.startAsStandby();

            assertBothEnd(30, at(written.url()), "primary");
        }
    }
}
