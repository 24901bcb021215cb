package io.migrator.restore.state;

import java.util.Locale;

/** Which restored collections are loaded, as the parameter {@code load} says. */
public enum LoadWish {
    NONE,
    /** Those that were loaded when they were backed up. */
    AS_SOURCE,
    YES;

    static LoadWish of(String value) {
        return valueOf(value.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    /** As the parameter spells it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
