package io.migrator.restore.proof;

import io.migrator.batch.JobContext;
import io.migrator.batch.Resume;
import io.migrator.batch.WorkerPool;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.schema.CollectionDescription;
import io.migrator.milvus.schema.SchemaDiff;
import io.migrator.milvus.schema.SchemaDifference;
import io.migrator.milvus.schema.SchemaDifference.Change;
import io.migrator.milvus.schema.SchemaDifference.Part;
import io.migrator.report.RunReport;
import io.migrator.report.Stage;
import io.migrator.restore.collections.TargetCollections;
import io.migrator.restore.state.Doubts;
import io.migrator.restore.state.Failures;
import io.migrator.restore.state.IndexRebuild;
import io.migrator.restore.state.RawSchemas;
import io.migrator.restore.state.RestoreOptions;
import io.migrator.restore.state.RestoreTables;
import io.migrator.restore.state.Restored;
import io.migrator.selection.CollectionName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The step {@code verifyRestore}: rows of each partition, and schema, indexes and properties field by field. */
public final class VerifyRestore {
    private static final int MOST_SHOWN = 20;
    /** Milvus tells no client that it is set. */
    private static final String EXPIRATION =
            ". Where common.entityExpiration is set in this Milvus' milvus.yaml, rows go"
                    + " by their age: unset it first";

    private final JobContext context;
    private final RestoreOptions options;
    private final MilvusTarget target;
    private final RawSchemas raws;
    private final RestoreTables tables;
    private final Doubts remembered;
    private final PartitionProof partitions;
    private final Failures failures;
    private final Runnable stop;

    private final List<List<String>> table = new ArrayList<>();
    private final List<Map<String, Object>> facts = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private boolean foundNothing;
    private boolean lacksRows;

    /** @param stop throws where a stop was asked for */
    public VerifyRestore(
            JobContext context,
            RestoreOptions options,
            MilvusTarget target,
            RawSchemas raws,
            RestoreTables tables,
            Doubts remembered,
            PartitionProof partitions,
            Failures failures,
            Runnable stop) {
        this.context = context;
        this.options = options;
        this.target = target;
        this.raws = raws;
        this.tables = tables;
        this.remembered = remembered;
        this.partitions = partitions;
        this.failures = failures;
        this.stop = stop;
    }

    /** What was found for one collection. */
    private record Findings(Restored item, List<String> schema, PartitionProof.Findings rows) {}

    /** What an earlier run proved stays proven: somebody may work with it by now. */
    public void run(List<Restored> restored) {
        Set<Long> before = tables.allProven();
        List<Restored> items = restored.stream()
                .filter(item -> !before.contains(item.source().collectionId()))
                .toList();
        context.progress().stage(Stage.of("verify", Stage.Unit.COLLECTION, items.size()));
        try (WorkerPool pool =
                new WorkerPool("verify", context.config().backup().restoreCollections())) {
            pool.map(items, this::look).forEach(found -> found.ifPresent(this::note));
        }
        context.report().table(new RunReport.Table("Restored", PartitionProof.HEADER, table));
        context.report().fact("partitions", facts);
        context.report().fact("differences", faults);
        // Also those of collections that an earlier run came to its end with.
        List<String> doubts = remembered.all();
        if (!doubts.isEmpty()) {
            context.report().fact(RunReport.UNPROVEN, doubts);
        }
        if (!failures.goOn() && !faults.isEmpty()) {
            throw unproven(context.name(), faults, foundNothing, lacksRows);
        }
    }

    /** Empty where the collection failed and the others go on. */
    private Optional<Findings> look(Restored item) {
        stop.run();
        try {
            return Optional.of(find(item));
        } catch (MigratorException e) {
            failures.add(item, e);
            return Optional.empty();
        } finally {
            context.progress().advance(1, 0);
        }
    }

    private Findings find(Restored item) {
        CollectionDescription restored = target.find(
                        item.target().database(), item.target().collection())
                .orElseThrow(() -> gone(item.target()));
        return new Findings(item, schema(item, restored), partitions.of(item, restored.info()));
    }

    /** Nothing of a collection that was there before: that its fields suit was seen before anything was imported. */
    private List<String> schema(Restored item, CollectionDescription restored) {
        if (!options.creates()) {
            return List.of();
        }
        boolean indexes = options.index() == IndexRebuild.YES;
        return SchemaDiff.between(item.source(), raws.of(item.source().collectionId()), restored).stream()
                .filter(difference -> indexes || difference.part() != Part.INDEX)
                .filter(difference -> !isAlwaysThere(difference) && !difference.lacksExpiry())
                .map(difference -> item.target() + ": " + difference.told())
                .toList();
    }

    private static boolean isAlwaysThere(SchemaDifference difference) {
        return difference.part() == Part.PARTITION
                && difference.change() == Change.ADDED
                && difference.name().equals(TargetCollections.DEFAULT_PARTITION);
    }

    private void note(Findings findings) {
        table.addAll(findings.rows().table());
        facts.addAll(findings.rows().facts());
        List<String> doubts = new ArrayList<>(findings.rows().doubts());
        List<String> wrong = new ArrayList<>(findings.rows().faults());
        boolean warn = options.schemaMayDiffer();
        (warn ? doubts : wrong).addAll(findings.schema());
        faults.addAll(wrong);
        remembered.put(findings.item().source().collectionId(), doubts);
        if (wrong.isEmpty() && doubts.isEmpty()) {
            tables.proven(findings.item().source().collectionId());
        }
        foundNothing |= findings.rows().foundNothing();
        lacksRows |= findings.rows().lacksRows();
        if (failures.goOn() && !wrong.isEmpty()) {
            failures.add(
                    findings.item(),
                    unproven(
                            findings.item().target().toString(),
                            wrong,
                            findings.rows().foundNothing(),
                            findings.rows().lacksRows()));
        }
    }

    private MigratorException unproven(String thing, List<String> faults, boolean foundNothing, boolean lacksRows) {
        String startOver = options.creates()
                ? "Drop the restored collection and run the same command again"
                : "Remove the rows that this restore brought, or restore under another name";
        return MigratorException.unable(
                Failure.CORRUPT,
                "prove",
                thing,
                Counted.of(faults.size(), "difference") + ": " + shown(faults),
                foundNothing
                        ? "An import without rows means that Milvus found no binlogs under that key in its own"
                                + " bucket. Set minio.bucketName to the bucket that this Milvus reads. " + startOver
                                + "."
                        : startOver + (lacksRows ? EXPIRATION : "") + "; if it stays, report it."
                                + " schema-difference=warn lets a schema pass that came out otherwise.");
    }

    private static String shown(List<String> faults) {
        List<String> first = faults.subList(0, Math.min(MOST_SHOWN, faults.size()));
        int more = faults.size() - first.size();
        return String.join("; ", first) + (more == 0 ? "" : "; and " + more + " more");
    }

    private static MigratorException gone(CollectionName name) {
        return MigratorException.unable(
                Failure.RESUME_REFUSED,
                "prove",
                name.toString(),
                "somebody dropped it while it was restored",
                Resume.adviceForRestore("Run the same command again to restore it anew."));
    }
}
