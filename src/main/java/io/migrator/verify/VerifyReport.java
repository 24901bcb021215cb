package io.migrator.verify;

import io.migrator.batch.JobContext;
import io.migrator.catalog.FileCheck;
import io.migrator.catalog.Finding;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.FirstNames;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.report.ByteSize;
import io.migrator.report.RunReport;
import io.migrator.verify.seal.SealOrigin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a verify says at its end. */
final class VerifyReport {
    private static final int SHOWN = 20;
    private static final int NAMES_SHOWN = 10;
    private static final String MEND = "Bring the objects back from a copy of the vault, or make the backup again."
            + " The vault keeps no note of this: list goes on to call it complete.";
    /** More than a program wants to read; the number is told all the same. */
    private static final long MOST_IN_JSON = 100_000;

    private final JobContext context;
    private final List<String> unproved = new ArrayList<>();
    private String done = "";

    VerifyReport(JobContext context) {
        this.context = context;
    }

    String done() {
        return done;
    }

    /** Fails with CORRUPT where anything was found. */
    void tell(
            MetaCheck.Described described,
            VaultLayout layout,
            FileCheck listed,
            VerifyTables tables,
            Share share,
            boolean deep) {
        RunReport report = context.report();
        report.fact("mode", deep ? "deep" : "fast");
        report.fact("made_by", described.own() ? "migrator" : "milvus-backup");
        report.fact("objects", listed.objects());
        report.fact("bytes", listed.bytes());
        VerifyTables.Totals read = tables.totals("DONE");
        if (deep) {
            report.fact("subset", share.toString());
            report.fact("segments_read", read.segments());
            report.fact("objects_read", read.objects());
            report.fact("bytes_read", read.bytes());
            report.fact("objects_with_recorded_checksum", read.recorded());
            report.fact("objects_with_tag_of_store", read.byTag());
        }
        limits(described, listed, read, share, deep);
        report.fact("not_proved", List.copyOf(unproved));
        long problems = problems(tables);
        report.fact("problems", problems);
        if (problems > 0) {
            throw damaged(described, layout, tables, problems);
        }
        done = told(listed, read, share, deep)
                + (unproved.isEmpty() ? "" : ". Not proved: " + String.join("; ", unproved));
    }

    private String told(FileCheck listed, VerifyTables.Totals read, Share share, boolean deep) {
        if (!deep) {
            return "backup %s is whole (mode=fast): %s listed"
                    .formatted(context.name(), Counted.of(listed.objects(), "object"));
        }
        // A small backup has shares without an object.
        if (read.objects() == 0 && !share.isAll()) {
            return "nothing to read in subset %s of backup %s: what it has (%s) is in other shares, listed and not read"
                    .formatted(share, context.name(), Counted.of(listed.objects(), "object"));
        }
        return "%sbackup %s is whole (mode=deep): every byte of %s read"
                .formatted(
                        share.isAll() ? "" : "subset " + share + " of ",
                        context.name(),
                        Counted.of(read.objects(), "object"));
    }

    private static long problems(VerifyTables tables) {
        return tables.problemsOf().values().stream().mapToLong(Long::longValue).sum();
    }

    /** What a run of this kind cannot tell of such a backup. */
    private void limits(
            MetaCheck.Described described, FileCheck listed, VerifyTables.Totals read, Share share, boolean deep) {
        unproved.clear();
        if (!deep) {
            unproved.add("contents, which mode=deep reads");
        } else if (!share.isAll() && listed.objects() > read.objects()) {
            unproved.add("contents of %s not in subset %s"
                    .formatted(
                            Counted.of(listed.objects() - read.objects(), "object that is", "objects that are"),
                            share));
        }
        if (!listed.etagsCompared()) {
            unproved.add("that the contents are those of the day of the backup: "
                    + (described.own() ? "its object manifest is lost" : "milvus-backup keeps no checksums"));
        } else if (deep && read.recorded() < read.objects()) {
            unproved.add("that %s of the day of the backup, of which no checksum was kept"
                    .formatted(Counted.of(read.objects() - read.recorded(), "content is that", "contents are those")));
        }
        if (!described.sealed()) {
            unproved.add("the small files, but by comparing them with each other");
        }
    }

    private MigratorException damaged(
            MetaCheck.Described described, VaultLayout layout, VerifyTables tables, long problems) {
        RunReport report = context.report();
        List<Finding> findings = tables.findings(MOST_IN_JSON);
        report.fact("damage", findings.stream().map(VerifyReport::facts).toList());
        List<List<String>> rows = findings.stream()
                .limit(SHOWN)
                .map(finding -> List.of(finding.key(), word(finding.kind()), finding.detail()))
                .collect(Collectors.toCollection(ArrayList::new));
        if (problems > rows.size()) {
            rows.add(List.of("and %d more, see --output=json".formatted(problems - rows.size()), "", ""));
        }
        report.table(new RunReport.Table("Damaged", List.of("object", "kind", "what"), rows));
        BackupInfo backup = described.backup();
        List<CollectionInfo> collections = backup == null ? List.of() : backup.collections();
        Restorable restorable = new Restorable(
                layout, collections, described.readable(), described.sealed(), described.origin() == SealOrigin.PROVEN);
        tables.each(restorable::damaged);
        report.fact("restorable", restorable.collections());
        report.fact("restorable_partitions", restorable.partitions());
        Finding first = findings.get(0);
        return MigratorException.unable(
                Failure.CORRUPT,
                "verify backup",
                context.name(),
                "it is damaged: %s; first: %s (%s): %s"
                        .formatted(Counted.of(problems, "object"), first.key(), word(first.kind()), first.detail()),
                advice(restorable));
    }

    private static String advice(Restorable restorable) {
        List<String> whole = new ArrayList<>();
        if (!restorable.collections().isEmpty()) {
            whole.add((restorable.collections().size() == 1 ? "collection " : "collections ")
                    + FirstNames.of(restorable.collections(), NAMES_SHOWN));
        }
        restorable.partitions().forEach((collection, names) -> {
            if (whole.size() < NAMES_SHOWN) {
                whole.add("of " + collection + (names.size() == 1 ? " the partition " : " the partitions ")
                        + FirstNames.of(names, NAMES_SHOWN));
            }
        });
        if (whole.isEmpty()) {
            return "Nothing of it can be restored as it is. " + MEND;
        }
        return "Still restorable: " + String.join("; ", whole) + ". " + MEND;
    }

    static Map<String, Object> facts(Finding finding) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("object", finding.key());
        facts.put("kind", word(finding.kind()));
        facts.put("collection_id", finding.collectionId());
        facts.put("detail", finding.detail());
        return facts;
    }

    static String word(Finding.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Shows what a run would read. */
    void preview(MetaCheck.Described described, VerifyTables tables, Share share, boolean deep) {
        VerifyTables.Totals open = tables.totals("PLANNED");
        BackupInfo backup = described.backup();
        context.report()
                .table(new RunReport.Table(
                        "Would read",
                        List.of("collections", "mode", "subset", "segments", "objects", "bytes", "damage so far"),
                        List.of(List.of(
                                String.valueOf(
                                        backup == null
                                                ? 0
                                                : backup.collections().size()),
                                deep ? "deep" : "fast",
                                share.toString(),
                                String.valueOf(open.segments()),
                                String.valueOf(open.objects()),
                                ByteSize.text((double) open.bytes()),
                                String.valueOf(problems(tables))))));
    }
}
