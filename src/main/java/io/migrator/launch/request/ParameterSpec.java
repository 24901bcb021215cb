package io.migrator.launch.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that a job takes.
 *
 * @param identifying whether it names the work; others only tune it and may change between a run and its restart
 * @param defaultValue null where leaving it out means something of its own, told in the help
 * @param allowed regular expression that a value must match, null for any
 * @param required whether the job cannot start without it
 * @param choosing whether it is a list of what is meant: one that is given and names nothing does not mean everything
 * @param help one line
 */
public record ParameterSpec(
        String name,
        boolean identifying,
        @Nullable String defaultValue,
        @Nullable String allowed,
        boolean required,
        boolean choosing,
        String help) {
    static ParameterSpec naming(String name, @Nullable String defaultValue, @Nullable String allowed, String help) {
        return new ParameterSpec(name, true, defaultValue, allowed, false, false, help);
    }

    static ParameterSpec choosing(String name, @Nullable String defaultValue, String help) {
        return new ParameterSpec(name, true, defaultValue, null, false, true, help);
    }

    static ParameterSpec tuning(String name, @Nullable String defaultValue, @Nullable String allowed, String help) {
        return new ParameterSpec(name, false, defaultValue, allowed, false, false, help);
    }

    /** The same, but the job cannot start without it. */
    ParameterSpec needed() {
        return new ParameterSpec(name, identifying, defaultValue, allowed, true, choosing, help + "; required");
    }

    /** The words of which a value must be one; empty where it may be others, too. */
    public List<String> words() {
        return allowed != null && allowed.matches("[a-z_|-]+") ? List.of(allowed.split("\\|", -1)) : List.of();
    }

    /** Whether the value is a list without a word in it. Nothing to leave out may be said so. */
    public boolean namesNothing(String value) {
        boolean empty = value.chars().allMatch(character -> character == ',' || Character.isWhitespace(character));
        return choosing && empty && !(value.isEmpty() && name.equals("exclude"));
    }
}
