package io.migrator.cli;

import io.migrator.failure.NearestName;
import io.migrator.launch.JobKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParseResult;

/** The words on the command line, sorted. What is wrong with them is in {@link #problems()}. */
final class Words {
    private final ParseResult parsed;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private Verb verb = Verb.JOB;

    Words(String... args) {
        parsed = Options.parse(args);
        parsed.errors().forEach(error -> problems.add(told(error)));
        parsed.unmatched().forEach(this::unknown);
        verb(bareWords());
        String output = text("--output");
        if (output != null && !output.equals("text") && !output.equals("json")) {
            problems.add("--output: '%s' must be text or json".formatted(output));
        }
    }

    Verb verb() {
        return verb;
    }

    /** The bare {@code key=value} words. */
    Map<String, String> parameters() {
        return parameters;
    }

    List<String> problems() {
        return problems;
    }

    boolean given(String option) {
        return parsed.hasMatchedOption(option);
    }

    @Nullable
    String text(String option) {
        return parsed.matchedOptionValue(option, null);
    }

    List<String> sets() {
        return parsed.matchedOptionValue("--set", List.of());
    }

    boolean json() {
        return "json".equals(text("--output"));
    }

    static String suggestion(String wanted, Collection<String> known) {
        List<String> near = NearestName.of(wanted, known);
        return near.isEmpty() ? "" : ", did you mean %s?".formatted(String.join(" or ", near));
    }

    private List<String> bareWords() {
        List<String> bare = new ArrayList<>();
        List<String> positionals = parsed.matchedPositionalValue(0, List.of());
        for (String word : positionals) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                bare.add(word);
            } else if (parameters.putIfAbsent(word.substring(0, equals), word.substring(equals + 1)) != null) {
                problems.add("parameter '%s' is given twice".formatted(word.substring(0, equals)));
            }
        }
        return bare;
    }

    private void verb(List<String> bare) {
        List<String> words = new ArrayList<>(bare);
        if (words.size() > 1 && words.get(0).equals("config") && words.get(1).equals("show")) {
            words.remove(1);
            words.set(0, Verb.CONFIG_SHOW.word());
        }
        boolean first = true;
        for (String word : words) {
            Verb named = Verb.named(word);
            if (named == null) {
                problems.add(unknownWord(word));
            } else if (!first) {
                problems.add("'%s' cannot stand beside '%s'".formatted(word, verb.word()));
            } else {
                verb = named;
                first = false;
            }
        }
        if (given("--job") && verb != Verb.JOB && verb != Verb.HELP) {
            problems.add("--job cannot stand beside '%s'; give either".formatted(verb.word()));
        }
        if (words.isEmpty() || verb != Verb.JOB) {
            Options.ofVerbs(parsed).stream()
                    .filter(option -> !verb.options().contains(option))
                    .forEach(option -> problems.add(misplaced(option)));
        }
    }

    private String misplaced(String option) {
        return verb == Verb.JOB
                ? "option '%s' belongs to the words create, restore, get and delete".formatted(option)
                : "option '%s' does not belong to '%s'".formatted(option, verb.word());
    }

    private static String unknownWord(String word) {
        if (JobKind.named(word).isPresent()) {
            return "unknown word '%s', did you mean --job=%s?".formatted(word, word);
        }
        return "unknown word '%s'%s".formatted(word, suggestion(word, Verb.words()));
    }

    private void unknown(String word) {
        int equals = word.indexOf('=');
        String name = equals > 0 ? word.substring(0, equals) : word;
        problems.add(
                "unknown option '%s'%s".formatted(name, name.length() < 3 ? "" : suggestion(name, Options.names())));
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
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
}
