package io.migrator.config;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.time.Duration;

/**
 * A system property that holds a number of seconds, 1 to 600: for what belongs to a machine or a network rather than to a
 * job or its configuration.
 *
 * @param usual what holds where it is not set
 */
public record SecondsProperty(String name, Duration usual) {
    public static final Duration LONGEST = Duration.ofMinutes(10);

    /** What holds for this process; USAGE where the property is no such number. */
    public Duration value() {
        String text = System.getProperty(name, "");
        if (text.isEmpty()) {
            return usual;
        }
        if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > LONGEST.toSeconds()) {
            throw MigratorException.unable(
                    Failure.USAGE, "read", "-D" + name, "'" + text + "' is no number of seconds", "Give 1 to 600.");
        }
        return Duration.ofSeconds(Integer.parseInt(text));
    }
}
