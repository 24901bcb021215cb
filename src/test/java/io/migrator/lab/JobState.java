package io.migrator.lab;

import io.migrator.config.MigratorConfig;
import io.migrator.config.RepositoryConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Where jobs of tests keep what they know: in the folder that the test names, or, with {@code -Dtest.repository=postgres}, in
 * a PostgreSQL, where each folder stands for a place of its own.
 */
public final class JobState {
    /** The value of {@code test.repository} that stands for it. */
    public static final String POSTGRES = "postgres";

    public static final String PROPERTY = "test.repository";
    private static final int PREFIX = 12;

    private JobState() {}

    public static boolean inPostgres() {
        return POSTGRES.equals(System.getProperty(PROPERTY));
    }

    /** The configuration of a run with this state folder. */
    public static MigratorConfig in(Path stateDir, MigratorConfig config) {
        return inPostgres() ? at(at(stateDir.toAbsolutePath().toString()), config) : config;
    }

    /** A place of a PostgreSQL that has nothing to do with others. */
    static RepositoryConfig anywhere() {
        return at(UUID.randomUUID().toString());
    }

    private static RepositoryConfig at(String place) {
        RepositoryConfig shared = Shared.DATABASE;
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

    private static final class Shared {
        static final RepositoryConfig DATABASE = PostgresServer.shared().database();
    }
}
