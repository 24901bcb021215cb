package io.migrator.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CountedTest {
    @Test
    void oneIsSingular() {
        assertThat(Counted.of(1, "object")).isEqualTo("1 object");
        assertThat(Counted.of(0, "object")).isEqualTo("0 objects");
        assertThat(Counted.of(2, "entry", "entries")).isEqualTo("2 entries");
    }

    @Test
    void manyNamesAreCut() {
        assertThat(FirstNames.of(List.of("a", "b", "c"), 2, "; ")).isEqualTo("a; b and 1 more");
        assertThat(FirstNames.of(List.of("a", "b"), 2)).isEqualTo("a, b");
    }

    @Test
    void namesBeginNoLine() {
        assertThat(FirstNames.of(List.of("a\nmigrator: all is well", "b"), 2))
                .isEqualTo("a\\nmigrator: all is well, b");
        assertThat(MigratorException.unable(Failure.NOT_FOUND, "find", "a\nb", "c\nd", "Take e\nf."))
                .hasMessage("unable to find 'a\\nb': c\\nd. Take e\\nf.");
    }
}
