package io.migrator.cli.command;

import io.migrator.check.BackupCopies;
import io.migrator.check.CheckFinding;
import io.migrator.check.CheckFinding.Level;
import io.migrator.check.SetupCheck;
import io.migrator.cli.output.Output;
import io.migrator.cli.output.TextTable;
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
public final class CheckWord {
    private final Words words;
    private final Output output;

    public CheckWord(Words words, Output output) {
        this.words = words;
        this.output = output;
    }

    public int run(ResolvedConfig config) {
        BackupCopies analysed = words.given("--store") ? BackupCopies.of(config) : null;
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
