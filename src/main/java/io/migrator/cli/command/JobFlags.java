package io.migrator.cli.command;

import io.migrator.cli.line.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns flags into job parameters; two that say different things about one parameter are a problem. */
final class JobFlags {
    private final Words words;
    private final List<String> problems;
    private final Map<String, String> parameters;
    private final Map<String, String> givenBy = new LinkedHashMap<>();

    /** @param problems where contradictions are added */
    JobFlags(Words words, List<String> problems) {
        this.words = words;
        this.problems = problems;
        this.parameters = new LinkedHashMap<>(words.parameters());
    }

    /** The option's value becomes the parameter's. */
    void value(String option, String parameter) {
        String value = words.text(option);
        if (value != null) {
            set(option, parameter, value);
        }
    }

    /** A switch that is given makes the parameter {@code value}. */
    void flag(String option, String parameter, String value) {
        if (words.given(option)) {
            set(option, parameter, value);
        }
    }

    void set(String option, String parameter, String value) {
        String earlier = parameters.putIfAbsent(parameter, value);
        String other = givenBy.putIfAbsent(parameter, option);
        if (earlier != null && (other == null || !earlier.equals(value))) {
            conflict(option, other == null ? parameter + "=" : other);
        }
    }

    void fallback(String parameter, String value) {
        parameters.putIfAbsent(parameter, value);
    }

    void conflict(String one, String other) {
        problems.add("%s and %s cannot stand beside each other; give either".formatted(one, other));
    }

    /** The options as parameters, and those that were given as such. */
    Map<String, String> parameters() {
        return parameters;
    }
}
