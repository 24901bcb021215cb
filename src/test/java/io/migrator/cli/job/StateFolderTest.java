package io.migrator.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFolderTest {
    private static final String HOME = "/home/me";

    @Test
    void optionWinsOverEnvironmentOverPlatform() {
        Map<String, String> environment = Map.of("MIGRATOR_STATE_DIR", "/env", "XDG_STATE_HOME", "/xdg");

        assertThat(StateFolder.of("/option", environment, "Linux", HOME)).isEqualTo(Path.of("/option"));
        assertThat(StateFolder.of(null, environment, "Linux", HOME)).isEqualTo(Path.of("/env"));
    }

    /** As of a script whose variable is not set: it would be the folder where the command was given. */
    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void anOptionThatNamesNothingIsRefused(String named) {
        assertThatThrownBy(() -> StateFolder.of(named, Map.of(), "Linux", HOME))
                .isInstanceOfSatisfying(
                        MigratorException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
                .hasMessageContaining("--state-dir");
        assertThat(StateFolder.of(null, Map.of("MIGRATOR_STATE_DIR", named.strip()), "Linux", HOME))
                .isEqualTo(Path.of(HOME, ".local", "state", "migrator"));
    }

    @Test
    void eachPlatformHasItsOwnFolder() {
        assertThat(StateFolder.of(null, Map.of(), "Linux", HOME))
                .isEqualTo(Path.of(HOME, ".local", "state", "migrator"));
        assertThat(StateFolder.of(null, Map.of("XDG_STATE_HOME", "/xdg"), "Linux", HOME))
                .isEqualTo(Path.of("/xdg", "migrator"));
        assertThat(StateFolder.of(null, Map.of(), "Mac OS X", HOME))
                .isEqualTo(Path.of(HOME, "Library", "Application Support", "migrator"));
        assertThat(StateFolder.of(null, Map.of("LOCALAPPDATA", "/local"), "Windows 11", HOME))
                .isEqualTo(Path.of("/local", "migrator"));
    }
}
