package io.migrator.cli.line;

import io.migrator.cli.job.Suggestion;
import io.migrator.failure.NearestName;
import io.migrator.launch.request.JobKind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All commands, and the program without a word. */
public final class CommandTable {
    private final Command program;
    private final Map<String, Command> commands = new LinkedHashMap<>();

    /** @param commands in the order of help */
    public CommandTable(Command program, List<Command> commands) {
        this.program = program;
        commands.forEach(command -> this.commands.put(command.word(), command));
    }

    public Command program() {
        return program;
    }

    public List<Command> commands() {
        return List.copyOf(commands.values());
    }

    public @Nullable Command named(String word) {
        return commands.get(word.toLowerCase(Locale.ROOT));
    }

    /** Every option by each of its names; a name that several commands have means what it means to this one. */
    Map<String, Option> options(Command command) {
        Map<String, Option> named = new LinkedHashMap<>();
        Stream.concat(Option.GLOBAL.stream(), command.options().stream())
                .forEach(option -> option.names().forEach(name -> named.put(name, option)));
        for (Command other : commands.values()) {
            for (Option option : other.options()) {
                List<String> free = option.names().stream()
                        .filter(name -> !named.containsKey(name))
                        .toList();
                free.forEach(name -> named.put(name, option.named(free)));
            }
        }
        return named;
    }

    /** Options among the arguments that only other commands take. */
    List<Option> strange(Command command, List<String> args) {
        Set<String> names = new HashSet<>();
        args.stream().filter(arg -> arg.startsWith("-")).forEach(arg -> names.add(arg.replaceFirst("(?s)=.*", "")));
        Stream.concat(Option.GLOBAL.stream(), command.options().stream())
                .forEach(option -> option.names().forEach(names::remove));
        if (names.isEmpty()) {
            return List.of();
        }
        return options(command).entrySet().stream()
                .filter(option -> names.contains(option.getKey()))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
    }

    /** What to say of an option that stands with a command which does not take it. */
    String misplaced(Command command, String option) {
        if (command != program) {
            return "option '%s' does not belong to '%s'".formatted(option, command.word());
        }
        List<String> owners = commands.values().stream()
                .filter(one ->
                        one.options().stream().anyMatch(its -> its.names().contains(option)))
                .map(Command::word)
                .toList();
        return "option '%s' belongs to %s".formatted(option, String.join(", ", owners));
    }

    /** What to say of a word that is none, and stands behind the command's. */
    String unknownWord(Command command, String word) {
        String advice = command.adviceOn(word);
        if (!advice.isEmpty()) {
            return "unknown word '%s'; %s".formatted(word, advice);
        }
        if (JobKind.named(word).isPresent()) {
            return "unknown word '%s', did you mean --job=%s?".formatted(word, word);
        }
        List<String> shown = commands.values().stream()
                .filter(one -> !one.purpose().isEmpty())
                .map(Command::word)
                .toList();
        String near = Suggestion.of(word, shown);
        List<String> jobs = NearestName.of(
                word, Stream.of(JobKind.values()).map(JobKind::jobName).toList());
        return "unknown word '%s'%s"
                .formatted(
                        word,
                        near.isEmpty() && !jobs.isEmpty() ? ", did you mean --job=%s?".formatted(jobs.get(0)) : near);
    }
}
