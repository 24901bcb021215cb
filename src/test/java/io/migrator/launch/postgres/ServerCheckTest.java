package io.migrator.launch.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.RepositoryConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.AgedPostgres;
import io.migrator.lab.PostgresServer;
import io.migrator.lab.TransactionPooler;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that cannot hold the state of jobs, told before anything is written. */
class ServerCheckTest {
    private static RepositoryConfig database;

    @BeforeAll
    static void start() {
        database = PostgresServer.shared().database();
    }

    private static PostgresStores by(int port, String parameters) {
        String url = database.url().replaceFirst(":\\d+/", ":" + port + "/") + parameters;
        return new PostgresStores(
                new RepositoryConfig(url, database.user(), database.password(), database.schema()),
                UnaryOperator.identity(),
                () -> {});
    }

    private static void assertUnsupported(PostgresStores stores, String told) {
        assertThatThrownBy(stores::prepare)
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.UNSUPPORTED))
                .hasMessageContaining(told);
        assertThat(PostgresServer.rows(database, "select 1 from pg_namespace where nspname = 'migrator'"))
                .isEmpty();
    }

    @Test
    void refusesAPoolerThatLendsSessions() throws Exception {
        try (TransactionPooler pooler =
                new TransactionPooler(PostgresServer.shared().port())) {
            assertUnsupported(by(pooler.port(), ""), "pooler");
        }
    }

    /** By the driver's word, and by the server's where the address allows any. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?targetServerType=any"})
    void refusesAStandby(String parameters, @TempDir Path data) {
        try (PostgresServer server = PostgresServer.start(data)) {
            RepositoryConfig writable = server.database();
            server.kill();
            server.startAsStandby();
            PostgresStores stores = new PostgresStores(
                    new RepositoryConfig(
                            writable.url() + parameters, writable.user(), writable.password(), writable.schema()),
                    UnaryOperator.identity(),
                    () -> {});

            assertThatThrownBy(stores::prepare)
                    .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                            .isEqualTo(Failure.REPOSITORY))
                    .hasMessageContaining(parameters.isEmpty() ? "primary" : "standby");
        }
    }

    @Test
    void refusesAServerThatIsTooOld() {
        try (AgedPostgres old = new AgedPostgres(PostgresServer.shared(), "12")) {
            assertUnsupported(by(old.port(), ""), "PostgreSQL 12");
        }
    }
}
