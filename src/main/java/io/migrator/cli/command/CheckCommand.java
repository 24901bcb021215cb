package io.migrator.cli.command;

import static io.migrator.cli.line.Option.flag;

import io.migrator.check.BackupCopies;
import io.migrator.check.CheckFinding;
import io.migrator.check.CheckFinding.Level;
import io.migrator.check.SetupCheck;
import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.WithoutJob;
import io.migrator.cli.output.Output;
import io.migrator.cli.output.StillWaiting;
import io.migrator.cli.output.TextTable;
import io.migrator.config.MigratorConfig;
import io.migrator.config.Sides;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.report.RunReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The word {@code check}: one line a finding, and the gravest one as exit code. */
final class CheckCommand implements Command {
    private static final List<Option> OPTIONS = List.of(flag(
            "--store", "also try what the vault's store guarantees: writes, lists, copies and deletes 1,200 objects"));

    @Override
    public String word() {
        return "check";
    }

    @Override
    public String purpose() {
        return "check Milvus, both buckets, rights, root path and clock: [--store]";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public int run(Run run) {
        List<String> problems = run.problems();
        WithoutJob.check(run.words(), problems);
        ResolvedConfig config = run.begin(problems, Sides.ALL, null, List.of());
        run.startLog(config);
        MigratorConfig servers = config.config();
        String place = "%s:%d, %s and %s"
                .formatted(
                        servers.milvus().address(),
                        servers.milvus().port(),
                        servers.milvusStorage().display(),
                        servers.vault().display());
        return StillWaiting.during(
                run.output(), run.name(), place, () -> check(config, run.words().given("--store"), run.output()));
    }

    private static int check(ResolvedConfig config, boolean withStore, Output output) {
        BackupCopies analysed = withStore ? BackupCopies.of(config) : null;
        if (analysed != null) {
            output.warn(
                    List.of("trying what the vault's store guarantees, with 1,200 objects; this may take a minute"));
        }
        List<CheckFinding> findings = new SetupCheck(config.config(), analysed).run();
        output.text(TextTable.lines(
                List.of("", "WHAT", "FOUND"),
                findings.stream()
                        .map(finding -> List.of(
                                finding.level().name(),
                                finding.subject(),
                                config.wording().apply(finding.told())))
                        .toList()));
        long failed = count(findings, Level.FAIL);
        long warned = count(findings, Level.WARN);
        Failure gravest = findings.stream()
                .map(CheckFinding::failure)
                .filter(Objects::nonNull)
                .max(Failure.BY_GRAVITY)
                .orElse(null);
        String message = failed > 0
                ? "%d of %s failed".formatted(failed, Counted.of(findings.size(), "check"))
                : warned > 0 ? "usable, with " + Counted.of(warned, "warning") : "all is well";
        Map<String, Object> facts = RunReport.parts(
                "findings",
                findings.stream().map(finding -> facts(finding, config)).toList());
        return output.end("check", gravest, message, facts, List.of(), null);
    }

    private static long count(List<CheckFinding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    private static Map<String, @Nullable Object> facts(CheckFinding finding, ResolvedConfig config) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("level", finding.level().name().toLowerCase(Locale.ROOT));
        facts.put("what", finding.subject());
        facts.put("found", config.wording().apply(finding.told()));
        Failure failure = finding.failure();
        facts.put("failure", failure == null ? null : failure.name());
        return facts;
    }
}
