package io.migrator.cli.command;

import io.migrator.cli.output.OutputForm;
import io.migrator.failure.NearestName;
import io.migrator.launch.request.JobKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParseResult;

/** The words on the command line, sorted. What is wrong with them is in {@link #problems()}. */
public final class Words {
    private final ParseResult parsed;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final VerbWords verbs;

    public Words(String... args) {
        VerbWords first = VerbWords.of(bare(Options.parse(Verb.JOB, args)));
        parsed = Options.parse(first.verb(), args);
        verbs = VerbWords.of(bare(parsed));
        parsed.errors().forEach(error -> problems.add(told(error)));
        parsed.unmatched().forEach(this::unknown);
        readParameters();
        if (verbs.backup() != null && parameters.putIfAbsent("name", verbs.backup()) != null) {
            problems.add("the backup is named twice: '%s' and '%s'".formatted(parameters.get("name"), verbs.backup()));
        }
        problems.addAll(verbs.problems());
        misplaced();
        String output = text("--output");
        if (output != null && !isForm(output) && verb() != Verb.CONFIG_MIGRATE) {
            problems.add("--output: '%s' must be text or json".formatted(output));
        }
    }

    public Verb verb() {
        return verbs.verb();
    }

    /** The word behind {@code help}, or the one beside {@code --help}; null where there is none. */
    @Nullable
    public Verb helpWanted() {
        return verbs.behindHelp() != null
                ? verbs.behindHelp()
                : verb() == Verb.JOB || verb() == Verb.HELP ? null : verb();
    }

    /** The bare {@code key=value} words. */
    Map<String, String> parameters() {
        return parameters;
    }

    public List<String> problems() {
        return problems;
    }

    /** What to say about options that are taken, but deprecated or without effect. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        Options.given(verb(), parsed).stream()
                .filter(option -> !option.warning().isEmpty() && given(option.name()))
                .forEach(option -> warnings.add(option.warning()));
        if (verb() == Verb.CHECK_CONFIG || verb() == Verb.BACKUP_YAML) {
            warnings.add("'%s' is deprecated in milvus-backup; use config show".formatted(verb().word()));
        }
        return warnings;
    }

    /** The first option given that is refused; null where there is none. */
    @Nullable
    public Option refused() {
        return Options.given(verb(), parsed).stream()
                .filter(option -> !option.refusal().isEmpty() && given(option.name()))
                .findFirst()
                .orElse(null);
    }

    public boolean given(String option) {
        return parsed.hasMatchedOption(option);
    }

    @Nullable
    public String text(String option) {
        return parsed.matchedOptionValue(option, null);
    }

    /** The file that {@code config migrate} writes, which milvus-backup spells {@code --output}, too. */
    @Nullable
    String outputFile() {
        String file = text("-o");
        String output = text("--output");
        return file != null || output == null || isForm(output) ? file : output;
    }

    /** The backup that is named by {@code -n}, {@code name=} or behind the word; null where none is. */
    @Nullable
    String backup() {
        String name = text("-n");
        return name != null ? name : parameters.get("name");
    }

    public List<String> sets() {
        return parsed.matchedOptionValue("--set", List.of());
    }

    public OutputForm form() {
        return new OutputForm(json(), given("--quiet"), given("--debug"));
    }

    boolean json() {
        return "json".equals(text("--output"));
    }

    static String suggestion(String wanted, Collection<String> known) {
        List<String> near = NearestName.of(wanted, known);
        return near.isEmpty() ? "" : ", did you mean %s?".formatted(String.join(" or ", near));
    }

    private static boolean isForm(String output) {
        return output.equals("text") || output.equals("json");
    }

    private static List<String> positionals(ParseResult parsed) {
        return parsed.matchedPositionalValue(0, List.of());
    }

    private static List<String> bare(ParseResult parsed) {
        return positionals(parsed).stream()
                .filter(word -> word.indexOf('=') <= 0)
                .toList();
    }

    private void readParameters() {
        for (String word : positionals(parsed)) {
            int equals = word.indexOf('=');
            if (equals > 0 && parameters.putIfAbsent(word.substring(0, equals), word.substring(equals + 1)) != null) {
                problems.add("parameter '%s' is given twice".formatted(word.substring(0, equals)));
            }
        }
    }

    private void misplaced() {
        if (given("--job") && verb() != Verb.JOB && verb() != Verb.HELP) {
            problems.add("--job cannot stand beside '%s'; give either".formatted(verb().word()));
        }
        if (verbs.known()) {
            Options.foreign(verb(), parsed).forEach(option -> problems.add(misplaced(option)));
        }
    }

    private String misplaced(String option) {
        if (verb() != Verb.JOB) {
            return "option '%s' does not belong to '%s'".formatted(option, verb().word());
        }
        List<String> owners = Stream.of(Verb.values())
                .filter(verb ->
                        verb.options().stream().anyMatch(one -> one.names().contains(option)))
                .map(Verb::word)
                .toList();
        return "option '%s' belongs to %s".formatted(option, String.join(", ", owners));
    }

    private void unknown(String word) {
        int equals = word.indexOf('=');
        String name = equals > 0 ? word.substring(0, equals) : word;
        problems.add("unknown option '%s'%s"
                .formatted(name, name.length() < 3 ? "" : suggestion(name, Options.names(verb()))));
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

    static String unknownWord(Verb verb, String word) {
        if (verb == Verb.CREATE) {
            return "unknown word '%s'; to name the backup, give -n %s, to name a collection, --filter %s"
                    .formatted(word, word, word);
        }
        if (JobKind.named(word).isPresent()) {
            return "unknown word '%s', did you mean --job=%s?".formatted(word, word);
        }
        String near = suggestion(word, Verb.words());
        List<String> jobs = NearestName.of(
                word, Stream.of(JobKind.values()).map(JobKind::jobName).toList());
        return "unknown word '%s'%s"
                .formatted(
                        word,
                        near.isEmpty() && !jobs.isEmpty() ? ", did you mean --job=%s?".formatted(jobs.get(0)) : near);
    }
}
