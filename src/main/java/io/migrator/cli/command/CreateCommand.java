package io.migrator.cli.command;

import static io.migrator.cli.line.Option.flag;
import static io.migrator.cli.line.Option.option;

import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.Words;
import io.migrator.launch.request.JobKind;
import java.util.List;
import java.util.Map;

/** The word {@code create}: the job {@code backup} in milvus-backup's words. */
final class CreateCommand implements Command {
    private static final List<Option> OPTIONS = List.of(
            CommonOptions.NAME,
            option("--filter", "NAMES", "collections: coll, db.coll or db.*, comma separated; default all"),
            option("--strategy", "HOW", "auto, serial_flush, bulk_flush, skip_flush or meta_only")
                    .among("auto", "serial_flush", "bulk_flush", "skip_flush", "meta_only"),
            option("--format", "FORM", "auto or binlog").among("auto", "binlog"),
            CommonOptions.RBAC,
            CommonOptions.COLLECTIONS.insteadUse("--filter"),
            CommonOptions.DATABASES.insteadUse("--filter"),
            CommonOptions.DATABASE_COLLECTIONS.insteadUse("--filter"),
            flag("-f --force", "do not flush").insteadUse("--strategy=skip_flush"),
            CommonOptions.META_ONLY.insteadUse("--strategy=meta_only"),
            option("--for", "PURPOSE", "refused: stands for other options")
                    .refused(
                            "it stands for other options. For archive and clone give --rbac: binlogs are copied anyway."
                                    + " For a secondary use milvus-backup"),
            flag("--backup_index_extra", "refused: reads etcd")
                    .refused("it reads Milvus' etcd, which migrator does not touch. Leave it out: indexes are kept with"
                            + " all parameters that Milvus tells, and Milvus' own schema is kept as it is"));

    @Override
    public String word() {
        return "create";
    }

    @Override
    public String purpose() {
        return "back up collections: [-n BACKUP] [--filter NAMES]";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public JobKind job() {
        return JobKind.BACKUP;
    }

    @Override
    public String adviceOn(String word) {
        return "to name the backup, give -n %s, to name a collection, --filter %s".formatted(word, word);
    }

    @Override
    public void requireTaken(Words words) {
        Command.super.requireTaken(words);
        if ("snapshot".equals(words.text("--format"))) {
            throw words.refused(
                    "--format=snapshot",
                    "snapshots are Milvus 3.0's own and migrator copies binlogs. Leave --format out, or give binlog");
        }
    }

    @Override
    public int run(Run run) {
        return JobStart.ofWord(run, CreateCommand::parameters);
    }

    static Map<String, String> parameters(Words words, List<String> problems) {
        JobFlags flags = new JobFlags(words, problems);
        flags.value("-n", "name");
        flags.value("--filter", "collection");
        new SourceFlags(words, flags, problems).set();
        strategy(words, flags);
        flags.flag("--rbac", "rbac", "yes");
        String format = words.text("--format");
        if (format != null && !List.of("", "auto", "binlog", "snapshot").contains(format)) {
            problems.add("--format: '%s' must be auto or binlog".formatted(format));
        }
        // As there: no selection means everything.
        flags.fallback("collection", "*");
        return flags.parameters();
    }

    private static void strategy(Words words, JobFlags flags) {
        String strategy = words.text("--strategy");
        if ("meta_only".equals(strategy)) {
            flags.set("--strategy", "meta-only", "yes");
            flags.flag("-f", "strategy", "skip_flush");
        } else {
            if (strategy != null) {
                flags.set("--strategy", "strategy", strategy.isEmpty() ? "auto" : strategy);
            }
            flags.flag("-f", "strategy", "skip_flush");
            if (strategy != null && words.given("--meta_only")) {
                flags.conflict("--meta_only", "--strategy=" + strategy);
            }
        }
        flags.flag("--meta_only", "meta-only", "yes");
    }
}
