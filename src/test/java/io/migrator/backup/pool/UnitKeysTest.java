package io.migrator.backup.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.pool.Unit;
import io.migrator.store.StoredObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of logs in a unit: numbers, written in one way. */
class UnitKeysTest {
    private static UnitKeys keys(Unit.Kind kind) {
        return new UnitKeys(new PoolLayout(""), new Unit(1, 2, 7, kind, "0".repeat(32), "0".repeat(12)));
    }

    private static StoredObject log(String key) {
        return new StoredObject(key, 1, "tag");
    }

    @ParameterizedTest
    @CsvSource({
        "files/insert_log/1/2/7/0/100, 0/100",
        "files/insert_log/1/2/7/101/0, 101/0",
        "files/insert_log/1/2/7/0101/007, 101/7",
        "files/insert_log/1/2/7/+1/7, 1/7"
    })
    void insertLogs(String source, String tail) {
        assertThat(keys(Unit.Kind.INSERT).of(log(source))).endsWith("/7/" + tail);
    }

    @ParameterizedTest
    @CsvSource({"files/delta_log/1/2/7/103, 103", "files/delta_log/1/2/7/0103, 103"})
    void deltaLogs(String source, String tail) {
        assertThat(keys(Unit.Kind.DELTA).of(log(source))).endsWith("/7/" + tail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"files/insert_log/1/2/7/0/", "files/insert_log/1/2/7/x/100", "files/insert_log/1/2/7/0/1a"})
    void whatIsNoNumberIsNoLog(String source) {
        assertThatThrownBy(() -> keys(Unit.Kind.INSERT).of(log(source)))
                .isInstanceOfSatisfying(
                        MigratorException.class, e -> assertThat(e.failure()).isEqualTo(Failure.CORRUPT));
    }

    @Test
    void areInTheOrderOfListings() {
        assertThat(keys(Unit.Kind.INSERT).sorted(List.of(log("a/7/9/1"), log("a/7/10/2"), log("a/7/10/10"))))
                .extracting(StoredObject::key)
                .containsExactly("a/7/10/10", "a/7/10/2", "a/7/9/1");
    }
}
