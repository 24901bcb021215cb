package io.migrator.restore.state;

import java.util.Locale;

/** Which indexes a restored collection gets, as the parameter {@code index} says. */
public enum IndexRebuild {
    /** As they were. */
    YES,
    NONE,
    /** Vectors by AUTOINDEX, the others as they were. */
    AUTO;

    static IndexRebuild of(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }
}
