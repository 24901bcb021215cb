package io.migrator.cli.command;

import java.util.List;

/**
 * An option of the command line.
 *
 * @param names every spelling, the one that messages use first
 * @param value what it takes, empty for a switch
 * @param warning said where it is given; empty for none
 * @param refusal cause and advice of the refusal where it is given; empty where it is taken
 */
public record Option(List<String> names, String value, String help, String warning, String refusal) {
    /** @param names separated by spaces */
    static Option option(String names, String value, String help) {
        return new Option(List.of(names.split(" ", -1)), value, help, "", "");
    }

    /** Takes no value. */
    static Option flag(String names, String help) {
        return option(names, "", help);
    }

    Option warns(String text) {
        return new Option(names, value, help, text, refusal);
    }

    /** One that milvus-backup 0.5 calls deprecated and 0.6 does not have any more. */
    Option insteadUse(String replacement) {
        return warns("%s is deprecated in milvus-backup; use %s".formatted(name(), replacement));
    }

    Option refused(String causeAndAdvice) {
        return new Option(names, value, help, warning, causeAndAdvice);
    }

    Option named(List<String> others) {
        return new Option(List.copyOf(others), value, help, warning, refusal);
    }

    public String name() {
        return names.get(0);
    }

    boolean takesValue() {
        return !value.isEmpty();
    }

    /** As help shows it: {@code -n, --name BACKUP}. */
    String usage() {
        boolean equals = name().startsWith("--") && takesValue();
        return String.join(", ", names) + (takesValue() ? (equals ? "=" : " ") + value : "");
    }
}
