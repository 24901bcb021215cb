package io.migrator.launch;

import org.jspecify.annotations.Nullable;

/**
 * A parameter that a job takes.
 *
 * @param identifying whether it names the work; others only tune it and may change between a run and its restart
 * @param defaultValue null where leaving it out means something of its own, told in the help
 * @param allowed regular expression that a value must match, null for any
 * @param help one line
 */
public record ParameterSpec(
        String name, boolean identifying, @Nullable String defaultValue, @Nullable String allowed, String help) {
    static ParameterSpec naming(String name, @Nullable String defaultValue, @Nullable String allowed, String help) {
        return new ParameterSpec(name, true, defaultValue, allowed, help);
    }

    static ParameterSpec tuning(String name, @Nullable String defaultValue, @Nullable String allowed, String help) {
        return new ParameterSpec(name, false, defaultValue, allowed, help);
    }

    /** Whether the job cannot start without it, as its help says. */
    public boolean required() {
        return help.endsWith("; required");
    }
}
