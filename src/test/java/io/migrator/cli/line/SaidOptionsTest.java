package io.migrator.cli.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.cli.command.Commands;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParseResult;

/** What is read of a line is what picocli reads of it, by the model that completion and the man page are made of. */
class SaidOptionsTest {
    private static final List<String> VALUES = List.of(
            "",
            "-",
            "--",
            "a",
            "k=v",
            "=",
            "=v",
            "x y",
            "true",
            "json",
            "-z",
            "-nb",
            "-qx",
            "-=",
            "--unknown",
            "--unknown=1",
            "--set=a=b",
            "-n",
            "a,b",
            "\"q\"",
            "'q'",
            "@file",
            "${HOME}",
            "--quiet=false",
            "-5",
            "-1e3",
            "-0x1f",
            "-NaN",
            "-Infinity",
            "-5d",
            "-07",
            "-.",
            "--5");
    private static final List<String> ATTACHED =
            List.of("=", "=a", "=true", "=FALSE", "=t", "=0", "=maybe", "=a=b", "=\"q\"");

    @Test
    void readsLinesAsPicocliDoes() {
        Random random = new Random(16);
        List<Command> commands = new ArrayList<>(Commands.TABLE.commands());
        commands.add(Commands.TABLE.program());
        List<String> wrong = new ArrayList<>();
        for (int round = 0; round < 30_000 && wrong.size() < 10; round++) {
            Command command = commands.get(random.nextInt(commands.size()));
            List<String> args = line(command, random);
            List<Option> strange = Commands.TABLE.strange(command, args);
            Map<String, Object> expected = byPicocli(command, strange, args);
            Map<String, Object> read = read(command, strange, args);
            if (!read.equals(expected)) {
                wrong.add("%s %s%n  read %s%n  picocli %s".formatted(command.word(), args, read, expected));
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<String> line(Command command, Random random) {
        List<String> names = new ArrayList<>();
        Commands.TABLE.options(command).values().forEach(option -> names.addAll(option.names()));
        List<String> own = new ArrayList<>();
        Option.GLOBAL.forEach(option -> own.addAll(option.names()));
        command.options().forEach(option -> own.addAll(option.names()));
        List<String> args = new ArrayList<>();
        for (int left = random.nextInt(7); left > 0; left--) {
            List<String> some = random.nextInt(8) == 0 ? names : own;
            String name = some.get(random.nextInt(some.size()));
            switch (random.nextInt(5)) {
                case 0 -> args.add(VALUES.get(random.nextInt(VALUES.size())));
                case 1 -> args.add(name + ATTACHED.get(random.nextInt(ATTACHED.size())));
                case 2 -> args.add(name);
                default -> args.addAll(List.of(name, VALUES.get(random.nextInt(VALUES.size()))));
            }
        }
        return args;
    }

    private static Map<String, Object> read(Command command, List<Option> strange, List<String> args) {
        SaidOptions said = new SaidOptions(command, strange, args);
        Map<String, Object> read = new LinkedHashMap<>();
        read.put("positionals", said.positionals());
        read.put("unknown", said.unknown());
        read.put("problems", said.problems());
        for (Option option : Commands.TABLE.options(command).values()) {
            for (String name : option.names()) {
                if (said.given(name)) {
                    read.put(name, option.takesValue() ? said.all(name) : List.of());
                }
            }
        }
        return read;
    }

    private static Map<String, Object> byPicocli(Command command, List<Option> strange, List<String> args) {
        CommandSpec spec = CommandModel.spec("one", command, strange);
        ParseResult parsed = new CommandLine(spec)
                .setExpandAtFiles(false)
                .parseArgs(plainSwitches(command, strange, args).toArray(String[]::new));
        Map<String, Object> read = new LinkedHashMap<>();
        read.put("positionals", parsed.matchedPositionalValue(0, List.<String>of()));
        read.put("unknown", parsed.unmatched());
        read.put("problems", parsed.errors().stream().map(SaidOptionsTest::told).toList());
        for (Option option : Commands.TABLE.options(command).values()) {
            for (String name : option.names()) {
                if (parsed.hasMatchedOption(name)) {
                    Object value = parsed.matchedOptionValue(name, null);
                    read.put(
                            name,
                            value instanceof List
                                    ? value
                                    : value instanceof Boolean
                                            ? List.of()
                                            : value == null ? List.of() : List.of(value));
                }
            }
        }
        return read;
    }

    /** What is said to picocli in place of {@code --switch=true} and {@code --switch=false}, which it does not take. */
    private static List<String> plainSwitches(Command command, List<Option> strange, List<String> args) {
        List<String> switches = Stream.of(Option.GLOBAL, command.options(), strange)
                .flatMap(List::stream)
                .filter(option -> !option.takesValue())
                .flatMap(option -> option.names().stream())
                .toList();
        return args.stream()
                .filter(arg -> !(arg.matches("(?is)[^=]+=(false|f|0)")
                        && switches.contains(arg.substring(0, arg.indexOf('=')))))
                .map(arg ->
                        arg.matches("(?is)[^=]+=(true|t|1)") && switches.contains(arg.substring(0, arg.indexOf('=')))
                                ? arg.substring(0, arg.indexOf('='))
                                : arg)
                .toList();
    }

    private static String told(Exception error) {
        if (error instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return "option '%s' needs a value"
                    .formatted(name(missing.getMissing().get(0)));
        }
        if (error instanceof OverwrittenOptionException twice) {
            return "option '%s' is given twice".formatted(name(twice.getOverwritten()));
        }
        return String.valueOf(error.getMessage());
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
