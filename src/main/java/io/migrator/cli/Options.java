package io.migrator.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The options of the program, of all verbs together, so that they may stand before or behind the verb. */
final class Options {
    /** Options that every verb takes, with their help. */
    static final List<Option> GLOBAL = List.of(
            new Option("--job", "NAME", "run jobs/NAME.yaml, or the built-in job NAME"),
            new Option("--config", "FILE", "configuration; default config/backup.yaml, here or beside the program"),
            new Option("--set", "KEY=VALUE", "set a configuration key; may be repeated"),
            new Option("--state-dir", "DIR", "folder of the job databases; default $MIGRATOR_STATE_DIR, else per user"),
            new Option("--output", "text|json", "form of progress and result"),
            new Option("--dry-run", "", "show what would run, and with which parameters and settings"),
            new Option("--quiet", "", "no progress, only the result"),
            new Option("--debug", "", "more log lines, stack traces of errors"),
            new Option("--help", "", "this help; with --job=NAME the parameters of that job"),
            new Option("--version", "", "the version"));

    private static final List<Option> OF_VERBS = List.of(
            new Option("-c", "NAMES", "collections"),
            new Option("-n", "BACKUP", "name of the backup"),
            new Option("-s", "SUFFIX", "suffix of restored collections"),
            new Option("-r", "OLD:NEW", "new names"),
            new Option("--rebuild_index", "", "rebuild the indexes"),
            new Option("--restore_index", "", "rebuild the indexes"));

    /** @param value what it takes, empty for a switch */
    record Option(String name, String value, String help) {
        List<String> names() {
            return switch (name) {
                case "--help" -> List.of("-h", name);
                case "-c" -> List.of(name, "--collections", "--colls");
                case "-n" -> List.of(name, "--name");
                case "-s" -> List.of(name, "--suffix");
                case "-r" -> List.of(name, "--rename");
                default -> List.of(name);
            };
        }
    }

    private Options() {}

    static List<String> names() {
        List<String> names = new ArrayList<>();
        GLOBAL.forEach(option -> names.addAll(option.names()));
        OF_VERBS.forEach(option -> names.addAll(option.names()));
        return names;
    }

    /** First names of the options given that only some verbs take. */
    static List<String> ofVerbs(ParseResult parsed) {
        return OF_VERBS.stream()
                .map(Option::name)
                .filter(parsed::hasMatchedOption)
                .toList();
    }

    static ParseResult parse(String... args) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(new Object());
        spec.parser()
                .collectErrors(true)
                .unmatchedArgumentsAllowed(true)
                .posixClusteredShortOptionsAllowed(false)
                .overwrittenOptionsAllowed(false)
                .allowOptionsAsOptionParameters(false);
        GLOBAL.forEach(option -> spec.addOption(spec(option)));
        OF_VERBS.forEach(option -> spec.addOption(spec(option)));
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build());
        return new CommandLine(spec).setExpandAtFiles(false).parseArgs(args);
    }

    private static OptionSpec spec(Option option) {
        OptionSpec.Builder builder = OptionSpec.builder(option.names().toArray(String[]::new));
        if (option.value().isEmpty()) {
            return builder.type(boolean.class).arity("0").build();
        }
        if (option.name().equals("--set")) {
            return builder.type(List.class)
                    .auxiliaryTypes(String.class)
                    .arity("1")
                    .build();
        }
        return builder.type(String.class).arity("1").build();
    }
}
