package io.migrator.cli.line;

import io.migrator.failure.Printable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a scheduler calls a run, such as the id of its own record: said again in what the run says, so that both can be laid
 * side by side.
 */
public final class RunLabel {
    static final String OPTION = "--run-label";
    static final String VARIABLE = "MIGRATOR_RUN_LABEL";
    private static final int LONGEST = 200;

    private RunLabel() {}

    /** The label; empty where there is none, or none that can be used. */
    public static String of(Words words, Map<String, String> environment) {
        String option = words.text(OPTION);
        if (option == null) {
            return usable(environment.getOrDefault(VARIABLE, ""));
        }
        return wrong(option) == null ? option : "";
    }

    /** @param problems where is added why the label that was given on the command line cannot be used */
    static void check(Words words, List<String> problems) {
        String option = words.text(OPTION);
        String wrong = option == null ? null : wrong(option);
        if (wrong != null) {
            problems.add("%s: %s".formatted(OPTION, wrong));
        }
    }

    /** Of a variable that many set without looking: a name that is odd is no reason to do no backup. */
    static List<String> warnings(Words words, Map<String, String> environment) {
        String given = environment.getOrDefault(VARIABLE, "");
        String wrong = words.text(OPTION) != null || given.isBlank() ? null : wrong(given);
        return wrong == null
                ? List.of()
                : List.of("environment variable %s: %s; the run is called '%s'"
                        .formatted(VARIABLE, wrong, usable(given)));
    }

    /** As much of it as can be said again. */
    private static String usable(String given) {
        String clean = given.isBlank() ? "" : Printable.text(given);
        if (clean.length() <= LONGEST) {
            return clean;
        }
        boolean pair = Character.isHighSurrogate(clean.charAt(LONGEST - 1));
        return clean.substring(0, pair ? LONGEST - 1 : LONGEST);
    }

    private static @Nullable String wrong(String label) {
        if (label.isBlank()) {
            return "must not be empty";
        }
        if (label.length() > LONGEST) {
            return "has %d characters; %d are the most".formatted(label.length(), LONGEST);
        }
        return Printable.text(label).equals(label)
                ? null
                : "'%s' holds characters that steer a terminal or begin a new line".formatted(Printable.text(label));
    }
}
