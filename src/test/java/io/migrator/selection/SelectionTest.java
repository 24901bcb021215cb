package io.migrator.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
    @ParameterizedTest
    @CsvSource({
        "coll, default.coll, true",
        "coll, other.coll, false",
        "db.coll, db.coll, true",
        "db.*, db.anything, true",
        "db.*, default.anything, false",
        "*, any.thing, true",
        "*.coll, any.coll, true",
        "c?ll*, default.call_me, true",
        "c?ll*, db.call_me, false",
        "db., db.coll, false",
        "a.b.c, a.b.c, true",
        "'', any.thing, true",
    })
    void matches(String list, String name, boolean expected) {
        assertThat(Selection.parse(list).matches(CollectionName.parse(name))).isEqualTo(expected);
    }

    @Test
    void knowsTheNamesThatHaveToExist() {
        Selection selection = Selection.parse("a, db.b ,db.*,c?,x.");

        assertThat(selection.literals()).containsExactly(CollectionName.parse("a"), CollectionName.parse("db.b"));
        assertThat(selection.isLiteral()).isFalse();
        assertThat(Selection.parse("a,db.b").isLiteral()).isTrue();
        assertThat(selection.matchesDatabase("x")).isTrue();
        assertThat(selection.matchesDatabase("y")).isFalse();
    }

    @Test
    void saysTheSameInOneWay() {
        assertThat(Selection.parse("b,default.a,b").canonical())
                .isEqualTo(Selection.parse(" a , default.b").canonical())
                .isEqualTo("default.a,default.b");
    }

    @Test
    void isNotSlowedDownByManyStars() {
        Selection stars = Selection.parse("*a".repeat(60) + "b");
        CollectionName name = new CollectionName("default", "a".repeat(250));

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertThat(stars.matches(name)).isFalse());
    }
}
