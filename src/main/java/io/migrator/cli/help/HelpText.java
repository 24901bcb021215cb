package io.migrator.cli.help;

import io.migrator.cli.line.Command;
import io.migrator.cli.line.CommandTable;
import io.migrator.cli.line.Option;
import io.migrator.cli.output.TextTable;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.ParameterSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What {@code --help} prints. */
public final class HelpText {
    /** What each exit code means, a line a code. */
    public static final List<String> EXIT_CODES = List.of(
            "   0  done and verified, or already complete",
            "   1  unclassified, most likely a bug",
            "   2  usage or configuration",
            "   3  done, but some items are missing or not proven",
            "   4  stopped on request, restartable",
            "   5  failed, restartable",
            "  10  backup, collection or bucket not found, or the backup is not complete",
            "  11  locked by another run",
            "  12  authentication or permission",
            "  13  version or capability unsupported",
            "  14  target exists, conflict, or what is to be deleted is held, or locked by the store",
            "  20  data is not what it must be",
            "  21  resume refused, the world changed",
            "  30  job repository (state folder, or PostgreSQL) unavailable or not safe");

    private HelpText() {}

    /** @param jobs names that {@code --job} takes */
    public static List<String> program(CommandTable table, Collection<String> jobs) {
        List<String> lines = new ArrayList<>(List.of(
                "Backs up Milvus collections into a vault bucket and restores them elsewhere.",
                "Interrupted anywhere, the same command goes on where it stopped.",
                "",
                "  migrator --job=backup  collection=coll name=my_backup            --config=milvus-a.yaml",
                "  migrator --job=restore collection=coll name=my_backup suffix=_bak --config=milvus-b.yaml",
                "",
                "Usage: migrator --job=NAME [key=value ...] [options]",
                "       migrator WORD [options]",
                "(migrator stands for java -jar migrator.jar)",
                "",
                "Jobs here: " + String.join(", ", jobs) + ". Their parameters: --job=NAME --help",
                "",
                "Words:"));
        List<List<String>> words = new ArrayList<>();
        for (Command command : table.commands()) {
            if (!command.purpose().isEmpty()) {
                words.add(List.of("  " + command.word(), command.purpose()));
            }
        }
        lines.addAll(rows(words));
        lines.add("");
        lines.add("Options:");
        lines.addAll(rows(Option.GLOBAL.stream()
                .map(option -> List.of("  " + option.usage(), option.help()))
                .toList()));
        lines.add("");
        lines.add("Exit codes:");
        lines.addAll(EXIT_CODES);
        return lines;
    }

    /** What a word takes. */
    public static List<String> word(Command command) {
        if (!command.refusal().isEmpty()) {
            return List.of("%s: not in migrator: %s.".formatted(command.word(), command.refusal()));
        }
        List<String> lines = new ArrayList<>();
        lines.add(command.purpose().isEmpty() ? command.word() : command.purpose());
        lines.add("");
        lines.add("Usage: migrator %s [options]".formatted(usage(command)));
        if (!command.options().isEmpty()) {
            lines.add("");
            lines.add("Options of this word:");
            lines.addAll(rows(command.options().stream()
                    .map(option -> List.of(
                            "  " + option.usage(),
                            option.warning().isEmpty() ? option.help() : option.help() + " (warns)"))
                    .toList()));
        }
        lines.add("");
        JobKind job = command.job();
        if (job != null) {
            lines.add("Parameters: see migrator --job=%s --help".formatted(job.jobName()));
        }
        lines.add("Other options: see migrator --help");
        return lines;
    }

    /** The word, and what may stand behind it beside options. */
    public static String usage(Command command) {
        return command.word()
                + (command.operand().isEmpty() ? "" : " [%s]".formatted(command.operand()))
                + (command.job() == null ? "" : " [key=value ...]");
    }

    /** @param name as the user named the job */
    public static List<String> job(String name, JobKind job) {
        List<String> lines = new ArrayList<>(List.of(
                "%s: %s".formatted(job.jobName(), job.purpose()),
                "",
                "Usage: migrator --job=%s [key=value ...] [options]".formatted(name),
                "",
                "Parameters (* names the work: the same ones again continue it; the others may change):"));
        lines.addAll(rows(job.parameters().stream()
                .map(spec -> List.of((spec.identifying() ? "  * " : "    ") + spec.name() + "=", parameter(spec)))
                .toList()));
        lines.add("");
        lines.add("Options: see migrator --help");
        return lines;
    }

    /** What a parameter is for, the words it may be, and what it is where it is left out. */
    public static String parameter(ParameterSpec spec) {
        String help = spec.help();
        String allowed = spec.allowed();
        if (allowed != null && allowed.matches("[a-z|-]+")) {
            help += " (" + allowed.replace("|", ", ") + ")";
        }
        String standard = spec.defaultValue();
        if (standard != null && !standard.isEmpty()) {
            help += "; default " + standard;
        }
        return help;
    }

    private static List<String> rows(List<List<String>> rows) {
        return TextTable.lines(List.of(), rows).stream()
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
