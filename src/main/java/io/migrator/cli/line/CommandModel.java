package io.migrator.cli.line;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The command line as picocli knows it: each command a subcommand, with the options of all and its own, and its
 * {@code key=value} parameters as candidates of what else may stand there.
 */
public final class CommandModel {
    private CommandModel() {}

    /** All of it, for what is generated from it. */
    public static CommandSpec whole(CommandTable table) {
        CommandSpec program = spec("migrator", table.program(), List.of());
        table.commands().forEach(command -> place(program, command));
        return program;
    }

    private static void place(CommandSpec program, Command command) {
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
        parent.addSubcommand(name, new CommandLine(spec(name, command, List.of())));
    }

    /** @param strange options of other commands that are to be known, too */
    static CommandSpec spec(String name, Command command, List<Option> strange) {
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
}
