package io.migrator.restore.preflight;

import io.migrator.batch.JobContext;
import io.migrator.catalog.Catalog;
import io.migrator.catalog.FileCheck;
import io.migrator.catalog.FileVisitor;
import io.migrator.catalog.Finding;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.milvus.calls.ServerVersion;
import io.migrator.milvus.schema.VersionPair;
import io.migrator.restore.state.Failures;
import io.migrator.restore.state.RestoreOptions;
import io.migrator.restore.state.Restored;
import io.migrator.verify.BackupProof;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the backup itself, and the versions, can have against a restore before it has touched the target. */
public final class RestorePreflight {
    private static final int SHOWN = 5;

    private final JobContext context;
    private final RestoreOptions options;
    private final Catalog catalog;
    private final VaultLayout layout;
    private final BackupInfo backup;
    private final Failures failures;
    private final BackupProof proof;

    public RestorePreflight(
            JobContext context,
            RestoreOptions options,
            Catalog catalog,
            VaultLayout layout,
            BackupInfo backup,
            Failures failures,
            BackupProof proof) {
        this.context = context;
        this.options = options;
        this.catalog = catalog;
        this.layout = layout;
        this.backup = backup;
        this.failures = failures;
        this.proof = proof;
    }

    /** Fails for a pair of versions that is not supported, unless told to try. */
    public void requireVersions(ServerVersion target) {
        VersionPair pair = new VersionPair(backup.milvusVersion(), target);
        if (!pair.sourceKnown()) {
            context.progress()
                    .note("the backup does not tell a version of Milvus (%s): whether it suits %s is not known"
                            .formatted(backup.milvusVersion(), target.text()));
        }
        pair.objection().ifPresent(objection -> {
            if (!options.forceVersion()) {
                throw MigratorException.unable(
                        Failure.UNSUPPORTED,
                        "restore",
                        context.name(),
                        objection,
                        "Restore into the same or a newer line of Milvus, or try with force-version=true.");
            }
            context.progress().note("tried because of force-version=true, although " + objection);
        });
    }

    /** Fails for segments that this target cannot import: rows that were deleted would come back, or none would. */
    public void requireSupported(List<Restored> items, ServerVersion target) {
        for (Restored item : items) {
            failures.attempt(item, () -> requireSupported(item.source(), target));
        }
    }

    private static void requireSupported(CollectionInfo collection, ServerVersion target) {
        boolean level0 = !collection.level0Segments().isEmpty();
        long newest = 0;
        for (PartitionInfo partition : collection.partitions()) {
            for (SegmentInfo segment : partition.segments()) {
                level0 |= segment.level0();
                newest = Math.max(newest, segment.storageVersion());
            }
        }
        if (level0 && !target.atLeast(2, 4, 0)) {
            throw unsupported(
                    collection,
                    "it has L0 segments (deletes of Milvus 2.4 and later), which Milvus " + target.text()
                            + " does not import");
        }
        if (newest > 2) {
            throw unsupported(
                    collection, "its segments have storage version " + newest + ", which no import reads (up to 2)");
        }
        if (newest == 2 && !target.atLeast(2, 6, 0)) {
            throw unsupported(
                    collection,
                    "its segments have storage version 2, which Milvus before 2.6 does not read; this is "
                            + target.text());
        }
    }

    private static MigratorException unsupported(CollectionInfo collection, String why) {
        return MigratorException.unable(
                Failure.UNSUPPORTED,
                "restore",
                collection.qualifiedName(),
                why,
                "Restore into a newer Milvus, or leave this collection out with exclude=.");
    }

    /** Fails where files of the backup are missing, or not as the manifest has them; with verify=deep, where bytes are not. */
    public void requireFiles(List<Restored> items) {
        if (items.isEmpty()) {
            // A restore that had brought all in and ended before it said so: no file is needed any more.
            return;
        }
        FileCheck all =
                check(items.stream().map(item -> item.source().collectionId()).collect(Collectors.toSet()));
        if (all.clean()) {
            return;
        }
        FileCheck check = new ChosenFindings(layout, backup, items).of(all);
        if (check.clean()) {
            return;
        }
        // Damage of no collection in particular concerns each of them.
        if (!failures.goOn() || check.problemsOf().containsKey(0L)) {
            throw damaged(context.name(), check.problems(), check.findings().stream());
        }
        for (Restored item : items) {
            long collection = item.source().collectionId();
            long problems = check.problemsOf().getOrDefault(collection, 0L);
            if (problems > 0) {
                failures.add(
                        item,
                        damaged(
                                item.source().qualifiedName(),
                                problems,
                                check.findings().stream().filter(finding -> finding.collectionId() == collection)));
            }
        }
    }

    private FileCheck check(Set<Long> collections) {
        boolean deep = options.deepVerify();
        if (options.metaOnly()) {
            return deep ? proof.ofMetas(collections) : FileCheck.NOTHING;
        }
        return deep ? proof.of(backup, collections) : catalog.checkFiles(layout, backup, collections, FileVisitor.NONE);
    }

    private static MigratorException damaged(String thing, long problems, Stream<Finding> findings) {
        List<String> first = findings.limit(SHOWN).map(Finding::told).toList();
        return MigratorException.unable(
                Failure.CORRUPT,
                "restore",
                thing,
                "%s: %s"
                        .formatted(
                                Counted.of(
                                        problems,
                                        "file of the backup is not as its manifest says",
                                        "files of the backup are not as its manifest says"),
                                String.join("; ", first)),
                "Nothing was changed in Milvus. Use another backup, or restore other collections or partitions of"
                        + " this one with collection= or partition=.");
    }
}
