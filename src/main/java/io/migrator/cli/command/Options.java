package io.migrator.cli.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The options of the program, of all words together, so that they may stand before or behind the word. */
final class Options {
    /** Options that every word takes, with their help. */
    static final List<Option> GLOBAL = List.of(
            Option.option("--job", "NAME", "run jobs/NAME.yaml, or the built-in job NAME"),
            Option.option("--config", "FILE", "configuration; default config/backup.yaml, here or beside the program"),
            Option.option("--set", "KEY=VALUE", "set a configuration key; may be repeated"),
            Option.option(
                    "--state-dir", "DIR", "folder of the job databases; default $MIGRATOR_STATE_DIR, else per user"),
            Option.option("--output", "text|json", "form of progress and result"),
            Option.flag("--dry-run", "show what would run, with which settings, and do nothing"),
            Option.flag("--quiet -q", "no progress, only the result"),
            Option.flag("--debug", "more log lines, stack traces of errors"),
            Option.flag("--help -h", "this help; with --job=NAME or a word, what that takes"),
            Option.flag("--version -V", "the version"));

    private static final Set<String> BOOLEANS = Set.of("true", "t", "1", "false", "f", "0");

    private Options() {}

    static List<String> names(Verb verb) {
        return all(verb).stream().flatMap(option -> option.names().stream()).toList();
    }

    /** Every option; one that several words spell alike is that of the verb. */
    private static List<Option> all(Verb verb) {
        List<Option> all = new ArrayList<>(GLOBAL);
        all.addAll(verb.options());
        Set<String> taken = new HashSet<>();
        all.forEach(option -> taken.addAll(option.names()));
        for (Verb other : Verb.values()) {
            for (Option option : other.options()) {
                List<String> free = option.names().stream().filter(taken::add).toList();
                if (!free.isEmpty()) {
                    all.add(option.named(free));
                }
            }
        }
        return all;
    }

    /** Options given that every word, or this one, takes. */
    static List<Option> given(Verb verb, ParseResult parsed) {
        return verb.options().stream()
                .filter(option -> parsed.hasMatchedOption(option.name()))
                .toList();
    }

    /** First names of the options given that only other words take. */
    static List<String> foreign(Verb verb, ParseResult parsed) {
        List<Option> own = new ArrayList<>(GLOBAL);
        own.addAll(verb.options());
        Set<String> names = new HashSet<>();
        own.forEach(option -> names.addAll(option.names()));
        return all(verb).stream()
                .map(Option::name)
                .filter(name -> !names.contains(name) && parsed.hasMatchedOption(name))
                .toList();
    }

    /** @param verb whose options win where several words spell theirs alike */
    static ParseResult parse(Verb verb, String... args) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(new Object());
        spec.parser()
                .collectErrors(true)
                .unmatchedArgumentsAllowed(true)
                .posixClusteredShortOptionsAllowed(false)
                .overwrittenOptionsAllowed(false)
                .allowOptionsAsOptionParameters(false);
        all(verb).forEach(option -> spec.addOption(spec(option)));
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build());
        return new CommandLine(spec).setExpandAtFiles(false).parseArgs(plainSwitches(verb, args));
    }

    /** milvus-backup takes {@code --switch=true}, which is the switch, and {@code --switch=false}, which is none. */
    private static String[] plainSwitches(Verb verb, String... args) {
        List<String> plain = new ArrayList<>();
        for (String arg : args) {
            int equals = arg.startsWith("-") ? arg.indexOf('=') : -1;
            String name = equals < 0 ? arg : arg.substring(0, equals);
            String value = equals < 0 ? "" : arg.substring(equals + 1).toLowerCase(Locale.ROOT);
            boolean known = equals > 0
                    && all(verb).stream()
                            .anyMatch(option ->
                                    !option.takesValue() && option.names().contains(name));
            if (!known || !BOOLEANS.contains(value)) {
                plain.add(arg);
            } else if (value.startsWith("t") || value.equals("1")) {
                plain.add(name);
            }
        }
        return plain.toArray(String[]::new);
    }

    private static OptionSpec spec(Option option) {
        OptionSpec.Builder builder = OptionSpec.builder(option.names().toArray(String[]::new));
        if (!option.takesValue()) {
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
