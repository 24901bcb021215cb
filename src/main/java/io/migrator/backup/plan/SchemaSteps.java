package io.migrator.backup.plan;

import io.migrator.backup.source.CollectionSealing;
import io.migrator.backup.source.FlushStrategy;
import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.BackupTables;
import io.migrator.backup.state.CollectionFaults;
import io.migrator.backup.state.Cut;
import io.migrator.backup.state.FlushAllFact;
import io.migrator.backup.state.FrozenCollection;
import io.migrator.batch.ListReader;
import io.migrator.batch.Resume;
import io.migrator.batch.StepFactory;
import io.migrator.batch.StopSignal;
import io.migrator.batch.WorkerPool;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.milvus.FlushAllOutcome;
import io.migrator.milvus.FlushOutcome;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.schema.CollectionDescription;
import io.migrator.report.Progress;
import io.migrator.report.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.Chunk;

/**
 * The steps that ask Milvus about collections: {@code flush}, once for all where the server can, and {@code readSchemas},
 * several collections at once. A collection is described after its flush, so that partitions and fields that came meanwhile
 * are in the description, and nothing has to be asked for twice.
 */
public final class SchemaSteps {
    private static final int COLLECTIONS_PER_CHUNK = 100;

    private final MilvusSource source;
    private final BackupState state;
    private final BackupTables tables;
    private final FlushAllFact flushAll;
    private final CollectionSealing sealing;
    private final CollectionFaults faults;
    private final PartitionFilter partitions;
    private final WorkerPool workers;
    private final Progress progress;

    public SchemaSteps(
            MilvusSource source,
            BackupState state,
            CollectionFaults faults,
            PartitionFilter partitions,
            WorkerPool workers,
            Progress progress) {
        this.source = source;
        this.state = state;
        this.tables = state.collections();
        this.flushAll = new FlushAllFact(state.facts());
        this.sealing = new CollectionSealing(source, progress);
        this.faults = faults;
        this.partitions = partitions;
        this.workers = workers;
        this.progress = progress;
    }

    public Step flush(StepFactory steps, Strategy strategy) {
        return steps.single("flush", () -> {
            // Collections that are flushed once more, one at a time do: their neighbours have been copied by now.
            if (strategy.current() == FlushStrategy.BULK_FLUSH && !tables.anyFlushed()) {
                progress.stage("flush");
                FlushAllOutcome outcome = source.flushAll();
                state.transactions().run(() -> {
                    flushAll.put(outcome);
                    tables.allFlushed();
                });
            }
        });
    }

    /** Asked once the step runs: preflight chooses. */
    public interface Strategy {
        FlushStrategy current();
    }

    public Step readSchemas(StepFactory steps, Strategy strategy) {
        return steps.chunked(
                "readSchemas",
                COLLECTIONS_PER_CHUNK,
                new ListReader<>(() -> {
                    List<FrozenCollection> open = tables.notDescribed();
                    boolean flushing =
                            strategy.current().seals() && open.stream().anyMatch(one -> !one.flushed());
                    progress.stage(Stage.of(flushing ? "flush" : "schemas", Stage.Unit.COLLECTION, open.size()));
                    return open;
                }),
                chunk -> describe(chunk, strategy.current(), steps.stop()));
    }

    private record Outcome(
            FrozenCollection collection, @Nullable Described described, @Nullable MigratorException fault) {}

    private record Described(CollectionDescription description, Optional<Cut> cut) {}

    private void describe(Chunk<? extends FrozenCollection> chunk, FlushStrategy strategy, StopSignal stop) {
        AtomicBoolean ended = new AtomicBoolean();
        List<Outcome> outcomes = workers.map(chunk.getItems(), collection -> {
            if (stop.requested() || ended.get()) {
                return new Outcome(collection, null, null);
            }
            try {
                Described described = describe(collection, strategy);
                progress.advance(1, 0);
                return new Outcome(collection, described, null);
            } catch (MigratorException fault) {
                ended.set(!faults.canSpareReading(fault));
                return new Outcome(collection, null, fault);
            }
        });
        record(outcomes, strategy);
    }

    private void record(List<Outcome> outcomes, FlushStrategy strategy) {
        List<CollectionDescription> descriptions = new ArrayList<>();
        Map<Long, Optional<Cut>> cuts = new TreeMap<>();
        for (Outcome outcome : outcomes) {
            if (outcome.described() != null) {
                descriptions.add(outcome.described().description());
                cuts.put(outcome.collection().id(), outcome.described().cut());
            }
        }
        state.transactions().run(() -> {
            state.cuts().put(cuts);
            tables.described(descriptions, strategy == FlushStrategy.META_ONLY);
        });
        for (Outcome outcome : outcomes) {
            MigratorException fault = outcome.fault();
            if (fault != null && !faults.canSpareReading(fault)) {
                throw fault;
            }
            if (fault != null) {
                faults.spare(outcome.collection().id(), fault);
            }
        }
    }

    private Described describe(FrozenCollection collection, FlushStrategy strategy) {
        CollectionSealing.Sealed sealed = strategy.seals() && !collection.flushed()
                ? sealing.seal(collection, tables.replans(collection.id()))
                : CollectionSealing.Sealed.NOT;
        FlushOutcome flush = sealed.flush();
        CollectionDescription now = source.describe(collection.database(), collection.name());
        if (now.info().collectionId() != collection.id()) {
            throw replaced(collection, now.info().collectionId());
        }
        CollectionInfo info =
                partitions.of(now.info()).withFlush(flush.timestamp(), flush.sealTime(), flush.channelCheckpoints());
        return new Described(new CollectionDescription(info, now.raw()), sealed.cut());
    }

    /** The error for a name that stands for another collection than when the backup began. */
    static MigratorException replaced(FrozenCollection before, long now) {
        return Resume.refused(
                before.qualifiedName(),
                "it was dropped and created again since the backup began (id %d then, %d now)"
                        .formatted(before.id(), now),
                "takes the new one in its place",
                "begins the whole backup anew");
    }
}
