package io.migrator.verify;

import io.migrator.batch.JobContext;
import io.migrator.catalog.Catalog;
import io.migrator.catalog.Finding;
import io.migrator.catalog.pool.PoolSizes;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.FirstNames;
import io.migrator.failure.MigratorException;
import io.migrator.report.ByteSize;
import io.migrator.report.RunReport;
import io.migrator.store.ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a proof of all incremental backups says at its end. */
final class PoolReport {
    private static final int SHOWN = 20;
    private static final int NAMES_SHOWN = 10;
    private static final long MOST_IN_JSON = 100_000;

    private final JobContext context;
    private final ObjectStore vault;
    private String done = "";

    PoolReport(JobContext context, ObjectStore vault) {
        this.context = context;
        this.vault = vault;
    }

    String done() {
        return done;
    }

    /**
     * What was looked at.
     *
     * @param backups their names
     * @param units that they have, each counted once
     */
    record Looked(List<String> backups, long units, long objects, long bytes) {}

    /** Fails with CORRUPT where anything was found that a backup has. */
    void tell(Looked looked, VerifyTables tables, Share share, boolean deep) {
        RunReport report = context.report();
        Catalog catalog = new Catalog(vault, context.config().vault().rootPath());
        DamagedUnits damaged = new DamagedUnits(context.config().vault().rootPath());
        tables.each(damaged::add);
        damaged.ask(catalog, looked.backups());
        VerifyTables.Totals read = tables.totals("DONE");
        report.fact("mode", deep ? "deep" : "fast");
        report.fact("backups_verified", looked.backups().size());
        report.fact("units", looked.units());
        report.fact("objects", looked.objects());
        report.fact("bytes", looked.bytes());
        if (deep) {
            report.fact("subset", share.toString());
            report.fact("objects_read", read.objects());
            report.fact("bytes_read", read.bytes());
        }
        free(catalog.poolSizes(catalog.list()));
        List<Finding> findings = tables.findings(MOST_IN_JSON).stream()
                .filter(finding -> !damaged.of(finding).isEmpty())
                .toList();
        report.fact("problems", findings.size());
        if (!findings.isEmpty()) {
            throw damaged(looked, findings, damaged);
        }
        done = "%sall %s whole (mode=%s): %s in %s %s once"
                .formatted(
                        share.isAll() ? "" : "subset " + share + " of ",
                        Counted.of(looked.backups().size(), "incremental backup is", "incremental backups are"),
                        deep ? "deep" : "fast",
                        Counted.of(deep ? read.objects() : looked.objects(), "object"),
                        Counted.of(looked.units(), "unit"),
                        deep ? "read" : "listed");
    }

    /** Told, for it is no damage: a backup that was deleted leaves them until they are swept. */
    private void free(PoolSizes sizes) {
        if (sizes.known()) {
            context.report().fact("units_without_backup", sizes.freeUnits());
            context.report().fact("bytes_without_backup", sizes.freeBytes());
            if (sizes.freeUnits() > 0) {
                context.progress()
                        .note("%s of the pool, %d bytes, in no backup: that is no damage"
                                .formatted(Counted.of(sizes.freeUnits(), "unit is", "units are"), sizes.freeBytes()));
            }
        }
    }

    private MigratorException damaged(Looked looked, List<Finding> findings, DamagedUnits damaged) {
        RunReport report = context.report();
        report.fact(
                "damage",
                findings.stream()
                        .map(finding -> {
                            Map<String, Object> facts = new LinkedHashMap<>(VerifyReport.facts(finding));
                            facts.put("backups", damaged.of(finding));
                            return facts;
                        })
                        .toList());
        report.fact(
                "damaged_units",
                damaged.units().stream()
                        .map(unit -> Map.of("unit", unit.unit(), "gone", unit.gone(), "backups", unit.holders()))
                        .toList());
        Set<String> hit = damaged.backups();
        // Also those that were not looked at, for they lost their lists of units.
        List<String> broken = hit.stream().sorted().toList();
        List<String> whole = looked.backups().stream()
                .filter(name -> !hit.contains(name))
                .sorted()
                .toList();
        report.fact("damaged_backups", broken);
        report.fact("whole_backups", whole);
        report.table(
                new RunReport.Table("Damaged", List.of("object", "kind", "what", "backups"), rows(findings, damaged)));
        Finding first = findings.get(0);
        return MigratorException.unable(
                Failure.CORRUPT,
                "verify backup",
                PoolSteps.ALL,
                "%s damaged; first: %s (%s): %s. They cannot be restored as a whole any more: %s"
                        .formatted(
                                Counted.of(findings.size(), "object is", "objects are"),
                                first.key(),
                                VerifyReport.word(first.kind()),
                                first.detail(),
                                FirstNames.of(broken, NAMES_SHOWN)),
                (whole.isEmpty() ? "None is whole. " : "Whole are " + FirstNames.of(whole, NAMES_SHOWN) + ". ")
                        + "The next incremental backup copies a damaged unit anew where Milvus still has its segment;"
                        + " verify each backup by its name to see what of it can still be restored.");
    }

    private static List<List<String>> rows(List<Finding> findings, DamagedUnits damaged) {
        List<List<String>> rows = new ArrayList<>();
        for (Finding finding : findings.subList(0, Math.min(SHOWN, findings.size()))) {
            rows.add(List.of(
                    finding.key(),
                    VerifyReport.word(finding.kind()),
                    finding.detail(),
                    FirstNames.of(damaged.of(finding), NAMES_SHOWN)));
        }
        if (findings.size() > SHOWN) {
            rows.add(List.of("and %d more, see --output=json".formatted(findings.size() - SHOWN), "", "", ""));
        }
        return rows;
    }

    /** Shows what a run would read. */
    void preview(Looked looked, VerifyTables tables, Share share, boolean deep) {
        VerifyTables.Totals open = tables.totals("PLANNED");
        context.report()
                .table(new RunReport.Table(
                        "Would read",
                        List.of("backups", "units", "mode", "subset", "objects", "bytes", "damage so far"),
                        List.of(List.of(
                                String.valueOf(looked.backups().size()),
                                String.valueOf(looked.units()),
                                deep ? "deep" : "fast",
                                share.toString(),
                                String.valueOf(open.objects()),
                                ByteSize.text((double) open.bytes()),
                                String.valueOf(tables.problemsOf().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum())))));
    }
}
