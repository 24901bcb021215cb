package io.migrator.cli.output;

import io.migrator.failure.Failure;
import java.util.Map;

/**
 * Which streams are terminals that show colours.
 *
 * @param out standard output
 * @param err standard error
 */
public record Colours(boolean out, boolean err) {
    public static final Colours NONE = new Colours(false, false);

    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String RED = "31";

    /** None where {@code NO_COLOR} is set to anything, as no-color.org has it. */
    public static Colours of(Map<String, String> environment, boolean out, boolean err) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() ? new Colours(out, err) : NONE;
    }

    void done(CleanStream stream, String line) {
        print(stream, out, GREEN, line);
    }

    void failed(CleanStream stream, Failure failure, String line) {
        print(stream, err, failure == Failure.PARTIAL || failure == Failure.STOPPED ? YELLOW : RED, line);
    }

    private static void print(CleanStream stream, boolean coloured, String colour, String line) {
        if (coloured) {
            stream.coloured(colour, line);
        } else {
            stream.println(line);
        }
    }
}
