package io.migrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecondsPropertyTest {
    private static final SecondsProperty PROPERTY = new SecondsProperty("migrator.test.seconds", Duration.ofSeconds(7));

    @AfterEach
    void clear() {
        System.clearProperty(PROPERTY.name());
    }

    @Test
    void isTheUsualWhereItIsNotSet() {
        assertThat(PROPERTY.value()).isEqualTo(Duration.ofSeconds(7));
        System.setProperty(PROPERTY.name(), "");
        assertThat(PROPERTY.value()).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 42, 600})
    void isWhatItIsSetTo(int seconds) {
        System.setProperty(PROPERTY.name(), String.valueOf(seconds));
        assertThat(PROPERTY.value()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "601", "10s", "1.5", " 5", "99999999999"})
    void refusesWhatIsNoNumberOfSeconds(String text) {
        System.setProperty(PROPERTY.name(), text);
        assertThatThrownBy(PROPERTY::value)
                .isInstanceOfSatisfying(
                        MigratorException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
                .hasMessageContainingAll("-Dmigrator.test.seconds", "'" + text + "'", "1 to 600");
    }
}
