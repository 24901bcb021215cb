package io.migrator.transfer;

import java.util.Locale;

/** How copies are to travel. */
public enum Transfer {
    /** By the server where it has both buckets and the target's credentials can read the source, else streamed. */
    AUTO,
    /** By the server, or fail. */
    SERVER,
    /** Through this process. */
    STREAM;

    /** As the parameter {@code transfer} spells it. */
    public static Transfer of(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }
}
