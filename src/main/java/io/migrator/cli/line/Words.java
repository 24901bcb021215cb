package io.migrator.cli.line;

import io.migrator.cli.job.Suggestion;
import io.migrator.cli.output.OutputForm;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.launch.request.WhenLocked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParseResult;

/** What was said on the command line, sorted. What is wrong with it is in {@link #problems()}. */
public final class Words {
    private final CommandTable table;
    private final SaidCommand said;
    private final ParseResult parsed;
    private final BareWords bare;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    public Words(CommandTable table, String... args) {
        this.table = table;
        said = SaidCommand.in(table, List.of(args));
        List<Option> strange = table.strange(command(), said.args());
        parsed = CommandModel.parse(command(), strange, said.args());
        List<String> positionals = parsed.matchedPositionalValue(0, List.of());
        bare = BareWords.of(
                table,
                said,
                positionals.stream().filter(word -> word.indexOf('=') <= 0).toList());
        parsed.errors().forEach(error -> problems.add(told(error)));
        parsed.unmatched().forEach(this::unknown);
        positionals.forEach(this::parameter);
        String operand = bare.operand();
        if (operand != null && namesBackup() && parameters.putIfAbsent("name", operand) != null) {
            problems.add("the backup is named twice: '%s' and '%s'".formatted(parameters.get("name"), operand));
        }
        problems.addAll(bare.problems());
        misplaced(strange);
        String output = text("--output");
        if (output != null && !isForm(output) && !command().outputMayBeFile()) {
            problems.add("--output: '%s' must be text or json".formatted(output));
        }
        String locked = text("--locked");
        if (locked != null && WhenLocked.of(locked).isEmpty()) {
            problems.add("--locked: '%s' must be %s".formatted(locked, WhenLocked.FORM));
        }
    }

    public CommandTable table() {
        return table;
    }

    public Command command() {
        return said.command();
    }

    /** The command behind {@code help}, or the one beside {@code --help}; null where there is none. */
    public @Nullable Command helpWanted() {
        boolean none = command() == table.program() || command().takesWord();
        return bare.other() != null ? bare.other() : none ? null : command();
    }

    /** What stands behind the command's word; null where nothing does. */
    public @Nullable String operand() {
        return bare.operand();
    }

    /** The bare {@code key=value} words; what names the backup behind the word is one of them. */
    public Map<String, String> parameters() {
        return parameters;
    }

    public List<String> problems() {
        return problems;
    }

    /** What to say about options that are taken, but deprecated or without effect. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        command().options().stream()
                .filter(option -> !option.warning().isEmpty() && given(option.name()))
                .forEach(option -> warnings.add(option.warning()));
        warnings.addAll(command().warnings());
        return warnings;
    }

    /** Ends with UNSUPPORTED where an option of milvus-backup is given that this program does not take. */
    void requireNoneRefused() {
        for (Option option : command().options()) {
            if (!option.refusal().isEmpty() && given(option.name())) {
                throw refused(option.name(), option.refusal());
            }
        }
    }

    /** @param what was said beside the command's word; empty for the word itself */
    public MigratorException refused(String what, String causeAndAdvice) {
        String thing = (command().word() + " " + what).strip();
        return new MigratorException(Failure.UNSUPPORTED, "unable to run '%s': %s.".formatted(thing, causeAndAdvice));
    }

    public boolean given(String option) {
        return parsed.hasMatchedOption(option);
    }

    public @Nullable String text(String option) {
        return parsed.matchedOptionValue(option, null);
    }

    /** The backup that is named by {@code -n}, {@code name=} or behind the word; null where none is. */
    public @Nullable String backup() {
        String name = text("-n");
        return name != null ? name : parameters.get("name");
    }

    public List<String> sets() {
        return parsed.matchedOptionValue("--set", List.of());
    }

    public List<String> targetSets() {
        return parsed.matchedOptionValue("--target-set", List.of());
    }

    public OutputForm form() {
        return new OutputForm("json".equals(text("--output")), given("--quiet"), given("--debug"));
    }

    /** Whether {@code --output} says how to tell, and names no file. */
    public static boolean isForm(String output) {
        return output.equals("text") || output.equals("json");
    }

    private boolean namesBackup() {
        return command().operand().equals("BACKUP");
    }

    private void parameter(String word) {
        int equals = word.indexOf('=');
        if (equals > 0 && parameters.putIfAbsent(word.substring(0, equals), word.substring(equals + 1)) != null) {
            problems.add("parameter '%s' is given twice".formatted(word.substring(0, equals)));
        }
    }

    private void misplaced(List<Option> strange) {
        boolean word = command() != table.program();
        if (given("--job") && word && !command().takesWord()) {
            problems.add("--job cannot stand beside '%s'; give either"
                    .formatted(command().word()));
        }
        if (word || said.before() == 0) {
            strange.stream()
                    .filter(option -> given(option.name()))
                    .forEach(option -> problems.add(table.misplaced(command(), option.name())));
        }
    }

    private void unknown(String word) {
        int equals = word.indexOf('=');
        String name = equals > 0 ? word.substring(0, equals) : word;
        problems.add("unknown option '%s'%s"
                .formatted(
                        name,
                        name.length() < 3
                                ? ""
                                : Suggestion.of(name, table.options(command()).keySet())));
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
