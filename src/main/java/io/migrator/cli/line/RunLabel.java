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
        String given = given(words, environment);
        return given == null || wrong(given) != null ? "" : given;
    }

    /** @param problems where is added why the label that was given cannot be used */
    static void check(Words words, Map<String, String> environment, List<String> problems) {
        String given = given(words, environment);
        String wrong = given == null ? null : wrong(given);
        if (wrong != null) {
            String by = words.text(OPTION) == null ? "environment variable " + VARIABLE : OPTION;
            problems.add("%s: %s".formatted(by, wrong));
        }
    }

    private static @Nullable String given(Words words, Map<String, String> environment) {
        String variable = environment.getOrDefault(VARIABLE, "");
        String option = words.text(OPTION);
        return option != null || variable.isEmpty() ? option : variable;
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
