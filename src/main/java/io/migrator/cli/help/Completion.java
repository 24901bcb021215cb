package io.migrator.cli.help;

import io.migrator.cli.line.Command;
import io.migrator.launch.request.JobKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The script by which bash and zsh complete words, options, {@code key=value} parameters and their values: tables out of
 * picocli's model of the commands, put into {@code completion.sh}. Picocli's own script knows no {@code key=value}.
 */
public final class Completion {
    private final Map<String, List<String>> words = new LinkedHashMap<>();
    private final Map<String, List<String>> options = new LinkedHashMap<>();
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Map<String, List<String>> parameters = new LinkedHashMap<>();

    private Completion(CommandSpec program) {
        program.options().forEach(option -> values("", option));
        visit("", program, program);
        words.put("help", words.getOrDefault("", List.of()));
        for (JobKind job : JobKind.values()) {
            parameters.put(job.jobName(), Command.candidates(job));
        }
    }

    /** @param program with all its commands */
    public static List<String> script(CommandSpec program) {
        Completion tables = new Completion(program);
        return template()
                .replace("@WORDS@", cases("", tables.words))
                .replace("@OPTIONS@", cases("", tables.options))
                .replace("@GLOBAL@", names(program.options()).collect(Collectors.joining(" ")))
                .replace("@VALUES@", cases("*", tables.values))
                .replace("@PARAMETERS@", cases("", tables.parameters))
                .replace(
                        "@JOBS@",
                        Stream.of(JobKind.values()).map(JobKind::jobName).collect(Collectors.joining(" ")))
                .lines()
                .toList();
    }

    private void visit(String word, CommandSpec spec, CommandSpec program) {
        List<String> next = new ArrayList<>();
        for (Map.Entry<String, CommandLine> one : spec.subcommands().entrySet()) {
            CommandSpec command = one.getValue().getCommandSpec();
            if (!command.usageMessage().hidden()) {
                next.add(one.getKey());
                visit(word.isEmpty() ? one.getKey() : word + " " + one.getKey(), command, program);
            }
        }
        for (PositionalParamSpec behind : spec.positionalParameters()) {
            for (String candidate : behind.completionCandidates()) {
                List<String> table =
                        candidate.contains("=") ? parameters.computeIfAbsent(word, none -> new ArrayList<>()) : next;
                table.add(candidate);
            }
        }
        words.put(word, next);
        List<OptionSpec> own = spec == program
                ? List.of()
                : spec.options().stream()
                        .filter(option -> !option.hidden() && program.findOption(option.longestName()) == null)
                        .toList();
        options.put(word, names(own).toList());
        own.forEach(option -> values(word, option));
    }

    private void values(String word, OptionSpec option) {
        String label = option.paramLabel();
        List<String> candidates = new ArrayList<>();
        if (label.equals("FILE") || label.equals("DIR")) {
            candidates.add("@files");
        } else if (option.longestName().equals("--job")) {
            candidates.add("@jobs");
        } else if (option.completionCandidates() != null) {
            option.completionCandidates().forEach(candidates::add);
        }
        for (String name : option.names()) {
            values.put(word + " " + name, candidates);
        }
    }

    /** Those that take a value end with {@code =}. */
    private static Stream<String> names(List<OptionSpec> options) {
        return options.stream().flatMap(option -> Stream.of(option.names())
                .map(name -> option.arity().max() > 0 ? name + "=" : name));
    }

    /** @param any what may stand before a name that begins with a blank, in the shell's patterns */
    private static String cases(String any, Map<String, List<String>> table) {
        return table.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> "    %s'%s') echo '%s' ;;"
                        .formatted(
                                entry.getKey().startsWith(" ") ? any : "",
                                entry.getKey(),
                                String.join(" ", entry.getValue())))
                .collect(Collectors.joining("\n"));
    }

    private static String template() {
        try (InputStream text = Objects.requireNonNull(Completion.class.getResourceAsStream("completion.sh"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
