package io.migrator.backup;

import io.migrator.batch.JobContext;
import io.migrator.batch.ListReader;
import io.migrator.batch.StepFactory;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.CollectionInfo;
import io.migrator.format.CollectionName;
import io.migrator.milvus.CollectionDescription;
import io.migrator.milvus.FlushOutcome;
import io.migrator.milvus.MilvusSource;
import java.util.List;
import org.springframework.batch.core.step.Step;

/** The steps that ask Milvus about collections: {@code readSchemas} and {@code flush}, a collection a chunk. */
final class SchemaSteps {
    private final JobContext context;
    private final MilvusSource source;
    private final BackupTables tables;
    private final List<CollectionName> selection;

    SchemaSteps(JobContext context, MilvusSource source, BackupTables tables, List<CollectionName> selection) {
        this.context = context;
        this.source = source;
        this.tables = tables;
        this.selection = selection;
    }

    Step readSchemas(StepFactory steps) {
        return steps.chunked(
                "readSchemas", 1, new ListReader<>(() -> selection), chunk -> chunk.forEach(this::readSchema));
    }

    private void readSchema(CollectionName name) {
        CollectionDescription description = source.describe(name.database(), name.collection());
        if (tables.knows(description.info().collectionId())) {
            return;
        }
        tables.putCollection(
                selection.indexOf(name), description.info(), description.raw().toByteArray());
    }

    /** Fails where a collection that an earlier run has read is not the same any more. */
    void requireUnchanged(CollectionInfo now) {
        tables.find(now.database(), now.name())
                .filter(before -> before.collectionId() != now.collectionId())
                .ifPresent(before -> {
                    throw MigratorException.unable(
                            Failure.RESUME_REFUSED,
                            "go on with backup",
                            context.name(),
                            "collection %s was dropped and created again since (id %d then, %d now)"
                                    .formatted(now.qualifiedName(), before.collectionId(), now.collectionId()),
                            "Delete the unfinished backup (delete -n " + context.name() + ") and start it again.");
                });
    }

    Step flush(StepFactory steps) {
        return steps.chunked(
                "flush",
                1,
                new ListReader<>(() -> {
                    List<CollectionInfo> open = tables.notFlushed();
                    context.progress().stage("flush", open.size(), 0);
                    return open;
                }),
                chunk -> chunk.forEach(this::flushOne));
    }

    private void flushOne(CollectionInfo collection) {
        FlushOutcome outcome = source.flush(collection.database(), collection.name());
        // A run that was interrupted before may have read a schema of yesterday.
        CollectionDescription now = source.describe(collection.database(), collection.name());
        requireUnchanged(now.info());
        tables.flushed(
                now.info().withFlush(outcome.timestamp(), outcome.sealTime(), outcome.channelCheckpoints()),
                now.raw().toByteArray());
        context.progress().advance(1, 0);
    }
}
