package io.migrator.docs;

import io.migrator.cli.help.HelpText;
import io.migrator.cli.line.Command;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.ParameterSpec;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The man page, in roff, of the model of the commands. Picocli's own generator makes AsciiDoc, which would take
 * asciidoctor, a Ruby, in every build.
 */
final class ManPage {
    private final StringBuilder text = new StringBuilder();

    private ManPage() {}

    /** @param program with all its commands */
    static String of(CommandSpec program) {
        ManPage page = new ManPage();
        page.line(".\\\" Made of the commands; ManPageTest says how.")
                .line(".TH MIGRATOR 1 \"\" migrator \"User commands\"")
                .section("NAME")
                .text("migrator - backs up Milvus collections into a vault bucket and restores them elsewhere")
                .section("SYNOPSIS")
                .line("\\fBmigrator \\-\\-job=\\fINAME\\fR [\\fIkey=value\\fR ...] [\\fIoptions\\fR]")
                .line(".br")
                .line("\\fBmigrator\\fR \\fIWORD\\fR [\\fIoptions\\fR]")
                .section("DESCRIPTION")
                .text("Runs a job, or looks at the vault. The vault has the layout of milvus-backup, whose words and"
                        + " configuration are taken, too; flags that are deprecated there are not listed here, but"
                        + " by the --help of a word.")
                .line(".PP")
                .text("Interrupted anywhere, the same command goes on where it stopped; what is complete already"
                        + " ends with 0.")
                .section("WORDS");
        page.commands(program);
        page.section("JOBS")
                .text("A parameter that names the work is marked with *: the same ones again continue it;"
                        + " the others may change in between. They may stand beside the words that mean the job, too.");
        Stream.of(JobKind.values()).forEach(page::job);
        page.section("OPTIONS").text("These stand with every word and job.");
        program.options().forEach(page::option);
        page.section("EXIT STATUS");
        for (String code : HelpText.EXIT_CODES) {
            String[] parts = code.strip().split(" +", 2);
            page.entry(parts[0], parts[1]);
        }
        page.section("ENVIRONMENT")
                .entry("MIGRATOR_STATE_DIR", "folder of the job databases, where --state-dir names none")
                .entry("MIGRATOR_RUN_LABEL", "what a scheduler calls the run, where --run-label does not say it")
                .entry("JAVA_HOME", "chooses the Java, 17 or later")
                .entry("MIGRATOR_JAVA_OPTS", "options of Java, added last")
                .entry("MIGRATOR_ARCHIVE", "off: the launcher makes no archive of classes beside the jar")
                .line(".PP")
                .text("Keys of the configuration have variables, too: see docs/configuration.md.")
                .section("FILES")
                .entry("config/backup.yaml", "the configuration, here or beside the program; --config names another")
                .entry("jobs/NAME.yaml", "what --job=NAME runs");
        page.section("EXAMPLES")
                .line(".nf")
                .line(escaped("migrator check"))
                .line(escaped("migrator --job=backup collection=coll name=my_backup"))
                .line(escaped("migrator --job=restore collection=coll name=my_backup suffix=_bak"))
                .line(escaped("migrator completion bash > ~/.local/share/bash-completion/completions/migrator"))
                .line(".fi");
        return page.text.toString();
    }

    private void commands(CommandSpec parent) {
        for (CommandLine one : parent.subcommands().values()) {
            CommandSpec spec = one.getCommandSpec();
            if (spec.userObject() instanceof Command command
                    && !spec.usageMessage().hidden()) {
                line(".SS \"%s\"".formatted(escaped("migrator " + HelpText.usage(command))))
                        .text(command.purpose());
                spec.options().stream()
                        .filter(option -> !option.hidden())
                        .filter(option -> spec.root().findOption(option.longestName()) == null)
                        .forEach(this::option);
            }
            commands(spec);
        }
    }

    private void job(JobKind job) {
        line(".SS \"%s\"".formatted(escaped("migrator --job=" + job.jobName() + " [key=value ...]")))
                .text(job.purpose());
        for (ParameterSpec spec : job.parameters()) {
            entry(spec.name() + "=" + (spec.identifying() ? " *" : ""), HelpText.parameter(spec));
        }
    }

    private void option(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
        String names = List.of(option.names()).stream()
                .map(name -> name + (name.startsWith("--") ? value : value.replace('=', ' ')))
                .collect(Collectors.joining(", "));
        entry(names, option.description()[0]);
    }

    private ManPage section(String title) {
        return line(".SH " + (title.contains(" ") ? "\"" + title + "\"" : title));
    }

    private ManPage entry(String name, String told) {
        return line(".TP").line("\\fB%s\\fR".formatted(escaped(name))).text(told);
    }

    private ManPage text(String plain) {
        String line = escaped(plain);
        return line(line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line);
    }

    private ManPage line(String roff) {
        text.append(roff).append('\n');
        return this;
    }

    private static String escaped(String plain) {
        return plain.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("\"", "\\(dq")
                .replace("~", "\\(ti");
    }
}
