package io.migrator.cli.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command line as picocli knows it: each command a subcommand, with the options of all and its own, and its
 * {@code key=value} parameters as candidates of what else may stand there.
 */
public final class CommandModel {
    private static final Set<String> TRUE = Set.of("true", "t", "1");
    private static final Set<String> FALSE = Set.of("false", "f", "0");

    private CommandModel() {}

    /** All of it, for what is generated from it. */
    public static CommandSpec whole(CommandTable table) {
        CommandSpec program = spec("migrator", table.program(), List.of());
        table.commands().forEach(command -> place(program, command, List.of()));
        return program;
    }

    /**
     * What was said to a command. It alone is built: to build all costs more than everything else of a start.
     *
     * @param strange options of other commands among the arguments, so that they can be told from unknown ones
     */
    static ParseResult parse(Command command, List<Option> strange, List<String> args) {
        List<String> line = new ArrayList<>();
        CommandSpec program = command.word().isEmpty()
                ? spec("migrator", command, strange)
                : CommandSpec.create().name("migrator");
        if (!command.word().isEmpty()) {
            place(program, command, strange);
            line.addAll(List.of(command.word().split(" ", -1)));
        }
        CommandLine parser = new CommandLine(program).setExpandAtFiles(false);
        line.addAll(plainSwitches(command, strange, args));
        ParseResult parsed = parser.parseArgs(line.toArray(String[]::new));
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        return parsed;
    }

    private static void place(CommandSpec program, Command command, List<Option> strange) {
        CommandSpec parent = program;
        String[] path = command.word().split(" ", -1);
        for (int depth = 0; depth < path.length - 1; depth++) {
            CommandLine group = parent.subcommands().get(path[depth]);
            if (group == null) {
                group = new CommandLine(CommandSpec.create().name(path[depth]));
                parent.addSubcommand(path[depth], group);
            }
            parent = group.getCommandSpec();
        }
        String name = path[path.length - 1];
        parent.addSubcommand(name, new CommandLine(spec(name, command, strange)));
    }

    private static CommandSpec spec(String name, Command command, List<Option> strange) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(name);
        spec.usageMessage()
                .description(command.purpose())
                .hidden(command.purpose().isEmpty());
        spec.parser()
                .collectErrors(true)
                .unmatchedArgumentsAllowed(true)
                .posixClusteredShortOptionsAllowed(false)
                .overwrittenOptionsAllowed(false)
                .allowOptionsAsOptionParameters(false);
        Option.GLOBAL.forEach(option -> spec.addOption(spec(option, false)));
        command.options()
                .forEach(option -> spec.addOption(spec(
                        option, !option.refusal().isEmpty() || !option.warning().isEmpty())));
        strange.forEach(option -> spec.addOption(spec(option, true)));
        return spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .completionCandidates(() -> command.candidates().iterator())
                .build());
    }

    private static OptionSpec spec(Option option, boolean hidden) {
        OptionSpec.Builder builder = OptionSpec.builder(option.names().toArray(String[]::new))
                .description(option.help().replace("%", "%%"))
                .hidden(hidden);
        if (!option.takesValue()) {
            return builder.type(boolean.class).arity("0").build();
        }
        builder.paramLabel(option.value()).arity("1").completionCandidates(option.words());
        return option.name().equals("--set") || option.name().equals("--target-set")
                ? builder.type(List.class).auxiliaryTypes(String.class).build()
                : builder.type(String.class).build();
    }

    /** milvus-backup takes {@code --switch=true}, which is the switch, and {@code --switch=false}, which is none. */
    private static List<String> plainSwitches(Command command, List<Option> strange, List<String> args) {
        List<Option> known = new ArrayList<>(Option.GLOBAL);
        known.addAll(command.options());
        known.addAll(strange);
        List<String> plain = new ArrayList<>();
        for (String arg : args) {
            int equals = arg.startsWith("-") ? arg.indexOf('=') : -1;
            String name = equals < 0 ? arg : arg.substring(0, equals);
            String value = equals < 0 ? "" : arg.substring(equals + 1).toLowerCase(Locale.ROOT);
            boolean on = TRUE.contains(value);
            boolean given = (on || FALSE.contains(value))
                    && known.stream()
                            .anyMatch(option ->
                                    !option.takesValue() && option.names().contains(name));
            if (!given) {
                plain.add(arg);
            } else if (on) {
                plain.add(name);
            }
        }
        return plain;
    }
}
