package io.migrator.format.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupNameTest {
    private static final Instant START = Instant.parse("2026-11-23T05:06:07.891Z");

    @ParameterizedTest
    @CsvSource({
        "coll, coll_2026_11_23_05_06_07",
        "my$coll, my_coll_2026_11_23_05_06_07",
        "1st, _1st_2026_11_23_05_06_07",
        "'', __2026_11_23_05_06_07",
    })
    void namesABackupAfterItsCollectionAndStart(String collection, String name) {
        assertThat(BackupName.byDefault(collection, START)).isEqualTo(name);
        assertThat(BackupName.requireValid(name)).isEqualTo(name);
    }

    @Test
    void cutsALongCollectionName() {
        String name = BackupName.byDefault("c".repeat(255), START);

        assertThat(name).hasSize(128).endsWith("c_2026_11_23_05_06_07");
        assertThat(BackupName.requireValid(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "1a", "a-b", "a/b", "../a", "é", "a\n", "a$"})
    void refusesNewNamesThatMilvusBackupRefuses(String name) {
        assertThatThrownBy(() -> BackupName.requireValid(name))
                .isInstanceOf(MigratorException.class)
                .hasMessageStartingWith("unable to use backup name '" + name.replace("\n", "\\n") + "': ")
                .extracting(fault -> ((MigratorException) fault).failure())
                .isEqualTo(Failure.USAGE);
    }

    @Test
    void refusesTooLongNames() {
        assertThatThrownBy(() -> BackupName.requireValid("a".repeat(129))).hasMessageContaining("129 characters");
        assertThat(BackupName.requireValid("a".repeat(128))).hasSize(128);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/", "a\\b", "a b", "a\n", "\u0000"})
    void neverReachesOutsideTheBackupsOwnDirectory(String name) {
        assertThatThrownBy(() -> new VaultLayout("backup", name)).isInstanceOf(MigratorException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-b", "2026", "v1.0", "..."})
    void readsBackupsWithNamesThatOtherHandsGave(String name) {
        assertThat(new VaultLayout("backup", name).backupDir()).isEqualTo("backup/" + name + "/");
    }
}
