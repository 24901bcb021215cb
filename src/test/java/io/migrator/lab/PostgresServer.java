package io.migrator.lab;

import io.migrator.config.RepositoryConfig;
import io.migrator.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A PostgreSQL on a free port of this host: the binaries of the test's class path, or an installed one. Texts are in the order
 * of a language by default there, as on many servers, so that what wants another order has to say so.
 */
public final class PostgresServer implements AutoCloseable {
    /** Folder of an installed one, such as /usr/lib/postgresql/15/bin. */
    private static final String INSTALLED = System.getProperty("test.postgres.bin", "");

    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private static final List<String> OTHER_USER = List.of("unshare", "--user");
    private static final String VERSION = "postgresql-17.6";
    private static final String DATA = "data";
    private static final String ARCHIVE = "postgres-linux-x86_64.txz";
    private static final String USER = "postgres";
    private static final String PASSWORD = "word-of-the-test-server";
    /** A proof of the password costs each session 20 ms of processor time else; from release 16 on. */
    private static final List<String> CHEAP_WORDS = List.of("--set", "scram_iterations=1");

    private static final Duration READY = Duration.ofSeconds(60);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static @Nullable PostgresServer shared;

    private final Path binaries;
    private final Path folder;
    private final int port;
    private ServerProcess process;

    private PostgresServer(Path binaries, Path folder, int port) throws IOException {
        this.binaries = binaries;
        this.folder = folder;
        this.port = port;
        this.process = run();
    }

    /** One for all classes of this JVM; a test is skipped, and says why, where none can be had. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            try {
                shared = start(MemoryFolders.lasting("migrator-postgres"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    /** Starts one that keeps its data and log in the folder. */
    public static PostgresServer start(Path folder) {
        try {
            requireOtherUser(folder);
            Path binaries = binaries();
            if (INSTALLED.isEmpty()) {
                Path made = LabCache.folder(VERSION + "-data", empty -> makeData(binaries, empty, CHEAP_WORDS));
                call(folder, "cp", "-a", made.resolve(DATA).toString(), folder.toString());
            } else {
                makeData(binaries, folder, List.of());
            }
            return new PostgresServer(binaries, folder, FreePorts.one());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Costs seconds of processor time; a server that begins with a copy is as new. */
    private static void makeData(Path binaries, Path folder, List<String> more)
            throws IOException, InterruptedException {
        Path password = folder.resolve("password");
        Files.writeString(password, PASSWORD);
        List<String> command = new ArrayList<>(List.of(
                binaries.resolve("initdb").toString(),
                "-D",
                folder.resolve(DATA).toString(),
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + password,
                "-E",
                "UTF8",
                "--locale=C",
                "--locale-provider=icu",
                "--icu-locale=en-US",
                "--no-sync"));
        command.addAll(more);
        call(folder, command.toArray(String[]::new));
    }

    private static void requireOtherUser(Path folder) throws IOException, InterruptedException {
        if (!ROOT) {
            return;
        }
        try {
            call(folder, "true");
        } catch (IOException e) {
            throw new TestAbortedException("PostgreSQL does not run as root, and no other user can be had: " + e, e);
        }
    }

    private static Path binaries() throws IOException, InterruptedException {
        if (!INSTALLED.isEmpty()) {
            return Path.of(INSTALLED);
        }
        return LabCache.folder(VERSION, folder -> {
                    Path archive = folder.resolve(ARCHIVE);
                    try (InputStream in = PostgresServer.class.getResourceAsStream("/" + ARCHIVE)) {
                        if (in == null) {
                            throw new TestAbortedException("no PostgreSQL for this system on the class path");
                        }
                        Files.copy(in, archive, StandardCopyOption.REPLACE_EXISTING);
                    }
                    call(folder, "tar", "-xJf", archive.toString(), "-C", folder.toString());
                    Files.delete(archive);
                })
                .resolve("bin");
    }

    /** PostgreSQL does not run as root; in a name space without users root is nobody. */
    private static List<String> asUser(String... command) {
        List<String> all = new ArrayList<>();
        if (ROOT) {
            all.addAll(OTHER_USER);
        }
        all.addAll(List.of(command));
        return all;
    }

    private static void call(Path folder, String... command) throws IOException, InterruptedException {
        Path log = folder.resolve("call.log");
        Process process = new ProcessBuilder(asUser(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(command[0] + " failed: " + Files.readString(log));
        }
        Files.deleteIfExists(log);
    }

    private ServerProcess run() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(asUser(
                binaries.resolve("postgres").toString(),
                "-D",
                folder.resolve(DATA).toString(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off",
                // In its own folder, which is removed: of a server that is killed the others stay for ever.
                "-c",
                "dynamic_shared_memory_type=mmap",
                "-c",
                "max_connections=200"));
        ServerProcess started = new ServerProcess("postgres", builder, folder.resolve("postgres.log"));
        started.await("answers", READY, this::answers);
        return started;
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url("postgres"), USER, PASSWORD)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /** A database of its own, with all rights. */
    public RepositoryConfig database() {
        String name = "lab" + DATABASES.incrementAndGet();
        execute("postgres", "create database " + name);
        return new RepositoryConfig(url(name), USER, new Secret(PASSWORD), RepositoryConfig.NONE.schema());
    }

    /** The same database, reached by that. */
    public static RepositoryConfig by(Wire wire, RepositoryConfig database) {
        String url = database.url().replaceFirst("//[^/]+/", "//%s:%d/".formatted(wire.host(), wire.port()));
        return new RepositoryConfig(url, database.user(), database.password(), database.schema());
    }

    /** As its administrator. */
    public void execute(String database, String sql) {
        try (Connection connection = DriverManager.getConnection(url(database), USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a database answers to its user. */
    public static List<Map<String, Object>> rows(RepositoryConfig database, String sql) {
        return new JdbcTemplate(new DriverManagerDataSource(
                        database.url(), database.user(), database.password().reveal()))
                .queryForList(sql);
    }

    /** Its power fails: it recovers when it is started again, and nobody was told goodbye. */
    public void kill() {
        process.kill();
        Awaitility.await("its processes end").until(() -> !answers());
    }

    /** Starts it again as a standby of none: it answers, and takes no writes. */
    public void startAsStandby() {
        try {
            Files.createFile(folder.resolve(DATA).resolve("standby.signal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        startAgain();
    }

    public void startAgain() {
        try {
            Files.deleteIfExists(folder.resolve(DATA).resolve("postmaster.pid"));
            // Processes of the one before leave as soon as they notice that it is gone.
            Awaitility.await("the one before is gone")
                    .atMost(READY)
                    .ignoreExceptions()
                    .until(() -> {
                        process = run();
                        return true;
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
