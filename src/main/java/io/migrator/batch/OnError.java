package io.migrator.batch;

import java.util.Locale;

/** What the parameter {@code on-error} asks for where a single collection fails. */
public enum OnError {
    /** The run ends. */
    STOP,
    /** The others go on, and the run ends as PARTIAL. */
    CONTINUE;

    public static OnError of(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }
}
