package io.migrator.cli.command;

import static io.migrator.cli.line.Option.option;

import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.WithoutJob;
import io.migrator.cli.line.Words;
import io.migrator.cli.output.Amounts;
import io.migrator.cli.output.Output;
import io.migrator.cli.output.StillWaiting;
import io.migrator.cli.output.TextTable;
import io.migrator.config.MigratorConfig;
import io.migrator.config.Sides;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.coverage.Coverage;
import io.migrator.coverage.CoverageQuestion;
import io.migrator.coverage.CoverageReport;
import io.migrator.coverage.CoveredCollection;
import io.migrator.coverage.CoveredCollection.Copy;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.FirstNames;
import io.migrator.report.RunReport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The word {@code coverage}: a line a collection of Milvus, with the newest backup that has it. */
final class CoverageCommand implements Command {
    private static final int NAMES_SHOWN = 10;
    private static final List<Option> OPTIONS = List.of(
            option("--max-age", "AGE", "fail (3) for collections in no complete backup younger than that: 26h, 2d, 1w"),
            option("--collection", "NAMES", "only these: coll, db.coll, db.*, comma separated; default all"),
            option("--exclude", "NAMES", "but not these, in the same form"),
            option("--made-by", "WHOSE", "any: milvus-backup's backups count, too, and their metas are read")
                    .among("migrator", "any"));

    @Override
    public String word() {
        return "coverage";
    }

    @Override
    public String purpose() {
        return "tell which collections of Milvus are in no young backup: [--max-age 26h]";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public int run(Run run) {
        List<String> problems = run.problems();
        WithoutJob.check(run.words(), problems);
        // An age that a script left empty must not pass for none.
        OPTIONS.stream()
                .map(Option::name)
                .filter(name -> "".equals(run.words().text(name)))
                .forEach(name -> problems.add("%s: must not be empty".formatted(name)));
        ResolvedConfig config = run.begin(problems, Sides.ALL, null, List.of());
        run.startLog(config);
        CoverageQuestion question = CoverageQuestion.of(
                said(run.words(), "--max-age"),
                said(run.words(), "--collection"),
                said(run.words(), "--exclude"),
                said(run.words(), "--made-by"));
        MigratorConfig servers = config.config();
        String place = "%s and %s"
                .formatted(servers.milvus().display(), servers.vault().display());
        return StillWaiting.during(
                run.output(), run.name(), place, () -> tell(Coverage.of(servers, question), run.output()));
    }

    private static String said(Words words, String option) {
        return Objects.requireNonNullElse(words.text(option), "");
    }

    private static int tell(CoverageReport report, Output output) {
        report.unreadable()
                .forEach(one -> output.alarm("backup '%s' cannot be read, and counts for nothing: %s"
                        .formatted(one.backup(), one.reason())));
        if (report.theirs() > 0) {
            output.warn(List.of("%s of milvus-backup not counted; --made-by=any counts them"
                    .formatted(Counted.of(report.theirs(), "backup is", "backups are"))));
        }
        if (!report.collections().isEmpty()) {
            output.text(TextTable.lines(
                    List.of("COLLECTION", "NEWEST BACKUP", "DATA OF", "AGE", "COVERED", ""),
                    report.collections().stream().map(one -> row(one, report)).toList()));
        }
        List<CoveredCollection> lacking = report.lacking();
        return output.end(
                "coverage",
                lacking.isEmpty() ? null : Failure.PARTIAL,
                message(report, lacking),
                facts(report, lacking.size()),
                List.of(),
                null);
    }

    private static String message(CoverageReport report, List<CoveredCollection> lacking) {
        String all = Counted.of(report.collections().size(), "collection");
        if (!lacking.isEmpty()) {
            return "%d of %s in no complete backup that is young enough: %s"
                    .formatted(
                            lacking.size(),
                            all,
                            FirstNames.of(
                                    lacking.stream()
                                            .map(CoveredCollection::collection)
                                            .toList(),
                                    NAMES_SHOWN,
                                    ", "));
        }
        return report.demanded() ? "all of %s in a complete backup that is young enough".formatted(all) : all;
    }

    private static List<String> row(CoveredCollection one, CoverageReport report) {
        Copy newest = one.newest();
        return List.of(
                one.collection(),
                newest == null ? "-" : newest.backup(),
                newest == null
                        ? "-"
                        : newest.dataOf().truncatedTo(ChronoUnit.SECONDS).toString(),
                newest == null ? "-" : Amounts.duration(newest.age(report.now())),
                // The ones to look at are loud.
                one.young() ? "yes" : "NO",
                String.join("; ", one.remarks()));
    }

    private static Map<String, Object> facts(CoverageReport report, int lacking) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("now", report.now().toString());
        facts.put("clock", report.byStore() ? "store" : "host");
        facts.put(
                "coverage",
                report.collections().stream()
                        .map(one -> facts(one, report.now()))
                        .toList());
        facts.put("not_covered", lacking);
        facts.put(
                "unreadable",
                report.unreadable().stream()
                        .map(one -> RunReport.parts("backup", one.backup(), "reason", one.reason()))
                        .toList());
        facts.put("not_counted", report.theirs());
        return facts;
    }

    private static Map<String, @Nullable Object> facts(CoveredCollection one, Instant now) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        Copy newest = one.newest();
        facts.put("collection", one.collection());
        facts.put("collection_id", one.id());
        facts.put("covered", one.young());
        facts.put("newest", newest == null ? null : newest.backup());
        facts.put("data_of", newest == null ? null : newest.dataOf().toString());
        facts.put("age_seconds", newest == null ? null : newest.age(now).toSeconds());
        facts.put("partial", one.partial() == null ? null : one.partial().backup());
        facts.put("remarks", one.remarks());
        return facts;
    }
}
