package io.migrator.lab;

import io.migrator.config.MigratorConfig;
import io.migrator.config.RepositoryConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Where jobs of tests keep what they know: in the folder that the test names, or, with {@code -Dtest.repository=postgres}, in
 * a PostgreSQL, where each folder stands for a place of its own.
 */
public final class JobState {
    /** The value of {@code test.repository} that stands for it. */
    public static final String POSTGRES = "postgres";

    public static final String PROPERTY = "test.repository";
    private static final int PREFIX = 12;
    private static @Nullable RepositoryConfig database;

    private static final Map<String, String> MOVED = new ConcurrentHashMap<>();

    private JobState() {}

    /** What runs come to that keep what they know in the folder that a test names, whatever this JVM was told. */
    public static <T> T inFolders(Supplier<T> runs) {
        LentProperty told = LentProperty.set(PROPERTY, "folder");
        try {
            return runs.get();
        } finally {
            told.close();
        }
    }

    public static boolean inPostgres() {
        return POSTGRES.equals(System.getProperty(PROPERTY));
    }

    /** Who copies in backups that do not say so, by {@code -Dtest.workers=remote+2}; only in a PostgreSQL. */
    public static Optional<String> workers() {
        return Optional.ofNullable(System.getProperty("test.workers")).filter(word -> inPostgres());
    }

    /** The configuration of a run with this state folder; one that has a PostgreSQL keeps it. */
    public static MigratorConfig in(Path stateDir, MigratorConfig config) {
        return inPostgres() && !config.repository().given() ? at(at(place(stateDir)), config) : config;
    }

    /** Changes the one database there whose name begins so, as nobody should. */
    public static void change(Path stateDir, String beginning, String statements) {
        JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(
                urlOf(stateDir, beginning), inPostgres() ? at("").user() : "migrator", word()));
        for (String statement : statements.split(";")) {
            jdbc.execute(statement);
        }
    }

    private static String urlOf(Path stateDir, String beginning) {
        if (inPostgres()) {
            RepositoryConfig place = at(place(stateDir));
            List<String> schemas = names(place).stream()
                    .filter(name -> name.startsWith(place.schema() + "_" + beginning))
                    .toList();
            return place.url() + "?currentSchema=" + schemas.get(0);
        }
        try (Stream<Path> files = Files.list(stateDir)) {
            return "jdbc:h2:file:"
                    + files.map(file -> file.toAbsolutePath().toString())
                            .filter(file -> file.matches(".*/" + beginning + "[^/]*\\.mv\\.db"))
                            .findFirst()
                            .orElseThrow()
                            .replace(".mv.db", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String word() {
        return inPostgres() ? at("").password().reveal() : "";
    }

    /** Everything there is of it is lost. */
    public static void lose(Path stateDir) {
        if (inPostgres()) {
            RepositoryConfig place = at(place(stateDir));
            names(place).forEach(name -> jdbc(place).execute("drop schema " + name + " cascade"));
        }
        try {
            LabCache.deleteTree(stateDir);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is there is found in another folder from now on. */
    public static void move(Path from, Path to) {
        if (inPostgres()) {
            MOVED.put(to.toAbsolutePath().toString(), place(from));
        } else {
            FolderCopy.of(from, to);
        }
    }

    /** Names and contents of all that is there. */
    public static Map<String, String> content(Path stateDir) {
        Map<String, String> all = new TreeMap<>();
        if (inPostgres()) {
            RepositoryConfig place = at(place(stateDir));
            for (String table : jdbc(place)
                    .queryForList(
                            "select schemaname || '.' || tablename from pg_tables where schemaname like ?",
                            String.class,
                            place.schema() + "%")) {
                all.put(
                        table,
                        String.valueOf(jdbc(place).queryForList("select t::text from " + table + " t", String.class)));
            }
            return all;
        }
        try (Stream<Path> files = Files.list(stateDir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.put(
                        file.toString(),
                        Files.getLastModifiedTime(file) + HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static List<String> names(RepositoryConfig place) {
        return jdbc(place)
                .queryForList(
                        "select nspname from pg_namespace where left(nspname, ?) = ?",
                        String.class,
                        place.schema().length(),
                        place.schema());
    }

    private static JdbcTemplate jdbc(RepositoryConfig place) {
        return new JdbcTemplate(new DriverManagerDataSource(
                place.url(), place.user(), place.password().reveal()));
    }

    private static String place(Path stateDir) {
        String place = stateDir.toAbsolutePath().toString();
        return MOVED.getOrDefault(place, place);
    }

    /** A place of a PostgreSQL that has nothing to do with others. */
    static RepositoryConfig anywhere() {
        return at(UUID.randomUUID().toString());
    }

    private static RepositoryConfig at(String place) {
        RepositoryConfig shared = shared();
        String digest = UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "")
                .substring(0, PREFIX);
        return new RepositoryConfig(shared.url(), shared.user(), shared.password(), "t" + digest);
    }

    /** The same configuration with another place for what runs know. */
    public static MigratorConfig at(RepositoryConfig repository, MigratorConfig config) {
        return new MigratorConfig(
                config.milvus(),
                config.milvusStorage(),
                config.vault(),
                config.backup(),
                config.log(),
                config.seal(),
                repository);
    }

    private static synchronized RepositoryConfig shared() {
        if (database == null) {
            database = PostgresServer.shared().database();
        }
        return database;
    }
}
