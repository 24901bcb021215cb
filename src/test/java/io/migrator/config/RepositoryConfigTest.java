package io.migrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.read.ConfigLocation;
import io.migrator.config.read.ConfigReader;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.config.read.Setting;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The PostgreSQL that holds the state of jobs: where it may be named, what is no name of one, and that no password shows. */
class RepositoryConfigTest {
    private static final String URL = "jdbc:postgresql://db.example:5432/jobs?sslmode=verify-full";

    @TempDir
    private Path folder;

    private ResolvedConfig read(Map<String, String> environment, String... sets) {
        return new ConfigReader(new ConfigLocation(folder, null), environment).read(null, List.of(sets));
    }

    @Test
    void isNoneWithoutAWord() {
        assertThat(read(Map.of()).config().repository()).isEqualTo(RepositoryConfig.NONE);
        assertThat(RepositoryConfig.NONE.given()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "configVersion: v2\n"})
    void isTakenFromFileVariablesAndSet(String version) throws IOException {
        Files.writeString(
                folder.resolve("backup.yaml"),
                version + "repository:\n  url: " + URL + "\n  user: file\n  password: sesame-of-file\n  schema: one\n");

        assertThat(read(Map.of()).config().repository())
                .isEqualTo(new RepositoryConfig(URL, "file", new Secret("sesame-of-file"), "one"));
        ResolvedConfig over = read(
                Map.of("MIGRATOR_REPOSITORY_USER", "env", "MIGRATOR_REPOSITORY_PASSWORD", "sesame-of-env"),
                "repository.schema=two");
        assertThat(over.config().repository())
                .isEqualTo(new RepositoryConfig(URL, "env", new Secret("sesame-of-env"), "two"));
        assertThat(over.settings())
                .contains(new Setting("repository.password", "****", "env MIGRATOR_REPOSITORY_PASSWORD"));
        assertThat(over.config().repository().display()).isEqualTo("postgresql://db.example:5432/jobs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://h/db",
                "jdbc:postgresql:db",
                "jdbc:postgresql://h",
                "jdbc:mysql://h/db",
                "jdbc:h2:file:/tmp/x",
                "jdbc:postgresql://h/db?user=me",
                "jdbc:postgresql://me:sesame@h/db",
                "jdbc:postgresql://h/db?password=sesame",
                "jdbc:postgresql://h/db?ssl=true&PassWord=sesame",
                "jdbc:postgresql://h/db?p%61ssword=sesame",
                "jdbc:postgresql://h/db?sslpassword=sesame",
                "jdbc:postgresql://h/db?ApplicationName=mine"
            })
    void refusesWhatIsNoAddressOfOneAndShowsNoPassword(String url) {
        assertThatThrownBy(() -> read(Map.of("MIGRATOR_REPOSITORY_URL", url)))
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.USAGE))
                .hasMessageContaining("MIGRATOR_REPOSITORY_URL")
                .hasMessageContaining("jdbc:postgresql://host:port/database")
                .hasMessageNotContaining("sesame");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Big", "a-b", "1a", "pg_x", "a; drop schema x", "abcdefghijklmnopqrstu"})
    void refusesWhatIsNoPlainNameOfASchema(String schema) {
        assertThatThrownBy(() -> read(Map.of(), "repository.schema=" + schema))
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.USAGE));
    }
}
