package io.migrator.cli.line;

import java.util.List;

/**
 * An option of the command line.
 *
 * @param names every spelling, the one that messages use first
 * @param value what it takes, empty for a switch
 * @param words those that the value may be, for completion; empty for any value
 * @param warning said where it is given; empty for none
 * @param refusal cause and advice of the refusal where it is given; empty where it is taken
 */
public record Option(
        List<String> names, String value, List<String> words, String help, String warning, String refusal) {
    /** Those that every command takes. */
    public static final List<Option> GLOBAL = List.of(
            option("--job", "NAME", "run jobs/NAME.yaml, or the built-in job NAME"),
            option("--config", "FILE", "configuration; default config/backup.yaml, here or beside the program"),
            option("--set", "KEY=VALUE", "set a configuration key; may be repeated"),
            option("--target-config", "FILE", "export: configuration of another vault, which is to get the copy"),
            option("--target-set", "KEY=VALUE", "the same as --set, for --target-config"),
            option("--state-dir", "DIR", "folder of the job databases; default $MIGRATOR_STATE_DIR, else per user"),
            option("--run-label", "LABEL", "what a scheduler calls the run; default $MIGRATOR_RUN_LABEL"),
            option(
                            "--locked",
                            "HOW",
                            "where another run is at the same work: ok, fail or wait:DURATION, such as wait:10m")
                    .among("ok", "fail"),
            option("--output", "text|json", "form of progress and result").among("text", "json"),
            flag("--dry-run", "show what would run, with which settings, and do nothing"),
            flag("--quiet -q", "no progress, only the result"),
            flag("--debug", "more log lines, stack traces of errors"),
            flag("--help -h", "this help; with --job=NAME or a word, what that takes"),
            flag("--version -V", "the version"));

    /** @param names separated by spaces */
    public static Option option(String names, String value, String help) {
        return new Option(List.of(names.split(" ", -1)), value, List.of(), help, "", "");
    }

    /** Takes no value. */
    public static Option flag(String names, String help) {
        return option(names, "", help);
    }

    public Option among(String... some) {
        return new Option(names, value, List.of(some), help, warning, refusal);
    }

    public Option warns(String text) {
        return new Option(names, value, words, help, text, refusal);
    }

    /** One that milvus-backup 0.5 calls deprecated and 0.6 does not have any more. */
    public Option insteadUse(String replacement) {
        return warns("%s is deprecated in milvus-backup; use %s".formatted(name(), replacement));
    }

    public Option refused(String causeAndAdvice) {
        return new Option(names, value, words, help, warning, causeAndAdvice);
    }

    Option named(List<String> others) {
        return new Option(List.copyOf(others), value, words, help, warning, refusal);
    }

    public String name() {
        return names.get(0);
    }

    boolean takesValue() {
        return !value.isEmpty();
    }

    /** As help shows it: {@code -n, --name BACKUP}. */
    public String usage() {
        boolean equals = name().startsWith("--") && takesValue();
        return String.join(", ", names) + (takesValue() ? (equals ? "=" : " ") + value : "");
    }
}
