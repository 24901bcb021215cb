package io.migrator.restore.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.selection.CollectionName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingTest {
    private static final String RENAMES = "a:b, db1.c1:db2.c2, db1.*:db3.*, db4.:db5.";

    @ParameterizedTest
    @CsvSource({
        "default.a, default.b",
        "db1.c1, db2.c2",
        "db1.other, db3.other",
        "db4.coll, db4.coll",
        "default.c1, default.c1",
    })
    void letsANameBeatItsDatabaseAndKeepsWhatIsNotNamed(String source, String target) {
        Mapping mapping = new Mapping("", RENAMES);

        assertThat(mapping.target(CollectionName.parse(source))).hasToString(target);
    }

    @Test
    void renamesDatabases() {
        Mapping mapping = new Mapping("", RENAMES);

        assertThat(mapping.database("db1")).isEqualTo("db3");
        assertThat(mapping.database("db4")).isEqualTo("db5");
        assertThat(mapping.database("db9")).isEqualTo("db9");
    }

    @Test
    void appendsASuffixInTheSameDatabase() {
        assertThat(new Mapping("_bak", "").target(CollectionName.parse("db.c"))).hasToString("db.c_bak");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a:b:c", ":b", "a:", "db1.*:db2.c", "db1.c:db2.*", "db1.:db2.c", "a:b,a:c"})
    void refusesWhatIsNoPairOfTheSameForm(String rename) {
        assertThatThrownBy(() -> new Mapping("", rename))
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.USAGE));
    }

    @Test
    void refusesSuffixAndRenameTogether() {
        assertThatThrownBy(() -> new Mapping("_bak", "a:b")).hasMessageContaining("exclude each other");
    }
}
